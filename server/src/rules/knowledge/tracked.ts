import type { Profile } from "../../core/profile.ts";
import { isOlderThan } from "./verdict.ts";

/** PgBouncer sets these anew for each client, whatever its configuration says. */
const always: ReadonlySet<string> = new Set([
  "application_name",
  "client_encoding",
  "datestyle",
  "standard_conforming_strings",
  "timezone",
]);

/** Parameters whose changes PostgreSQL reports, so that `track_extra_parameters` can follow them; `search_path` since version 18. */
const reported: ReadonlySet<string> = new Set([
  ...always,
  "default_transaction_read_only",
  "intervalstyle",
  "scram_iterations",
  "search_path",
  "session_authorization",
]);

/** Whether each client keeps its own value of a parameter. An unknown version tracks what new ones do. */
export function isTracked(name: string, profile: Profile): boolean {
  const parameter = name.toLowerCase();
  if (always.has(parameter)) return true;
  const extra = profile.trackExtraParameters?.value;
  // On by default since 1.20, until somebody sets the list without it.
  if (parameter === "intervalstyle" && extra === undefined) return !isOlderThan(profile, [1, 20]);
  return reported.has(parameter) && isListed(parameter, profile);
}

/** Named in `track_extra_parameters`, in vain. */
export const isUntrackable = (name: string, profile: Profile): boolean =>
  !reported.has(name.toLowerCase()) && isListed(name.toLowerCase(), profile);

const isListed = (parameter: string, { trackExtraParameters }: Profile): boolean =>
  trackExtraParameters?.value.some((each) => each.toLowerCase() === parameter) ?? false;
