import type { Driver } from "../../core/driver.ts";
import type { Profile } from "../../core/profile.ts";
import type { Severity } from "../../core/rule.ts";
import { dotted, isAtLeast, type Version } from "../../core/version.ts";
import { because, byMode, isOlderThan, sharesServers } from "./verdict.ts";

/** Why named statements of the protocol fail behind a pooler. */
export interface Loss {
  readonly severity: Severity;
  /** The evidence, in parentheses. */
  readonly because: string;
}

/** Undefined where the pooler keeps them for each client, or each client its server. */
export function lossOf(
  profile: Profile,
  { statementsSince, statementsNeed, label }: Pick<Driver, "statementsSince" | "statementsNeed" | "label">,
  version: (name: string) => Version | undefined = () => undefined,
): Loss | undefined {
  if (!sharesServers(profile) || profile.direct) return undefined;
  const { preparedStatements: kept } = profile;
  if (kept === undefined) return { severity: "warning", because: because(profile) };
  if (!kept.value) {
    const severity = kept.strength === "stated" ? byMode(profile, "error") : "warning";
    // The mode alone is an assumption; what is known of the statements is told with it.
    return { severity, because: profile.mode.strength === "stated" ? `(${kept.words})` : because(profile) };
  }
  const own = statementsNeed && version(statementsNeed.package);
  if (statementsNeed && own && !isAtLeast(own, statementsNeed.version)) {
    return {
      severity: "warning",
      because: `(before ${label} ${dotted(statementsNeed.version)} its statements get lost)`,
    };
  }
  if (statementsSince === undefined || !isOlderThan(profile, statementsSince)) return undefined;
  const needs = `${label} needs PgBouncer ${dotted(statementsSince)}`;
  return { severity: "warning", because: `(${needs}: ${profile.version?.words})` };
}
