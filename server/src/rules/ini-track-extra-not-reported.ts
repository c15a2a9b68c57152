import type { Bouncer, PlacedEntry } from "../core/ini.ts";
import type { Report, Rule } from "../core/rule.ts";
import { dotted, isAtLeast } from "../core/version.ts";
import { isFilledIn, readNames } from "../pgbouncer/values.ts";
import { databasesOf, placeOfEntry, valueIn } from "./knowledge/ini.ts";
import { reportedParameters } from "./knowledge/startup-parameters.ts";

export const iniTrackExtraNotReported: Rule = {
  name: "ini-track-extra-not-reported",
  summary: "A parameter is to be tracked that the server does not report.",
  why: `PgBouncer learns the value of a parameter from the server's reports. PostgreSQL reports few of them; any other in \`track_extra_parameters\` is never tracked.
\`search_path\` is reported by PostgreSQL 18 and by Citus 12. Before PgBouncer 1.25.1, tracking \`search_path\` together with \`auth_user\` lets anybody run SQL while
logging in (CVE-2025-12819), unless \`auth_query\` names its schemas in full.

The rule does not see the version of PostgreSQL, nor extensions that make it report more.`,
  group: "pgbouncer.ini",
  severity: "warning",
  fix: "none",
  dependsOn: ["version"],
  *check(model) {
    for (const bouncer of model.bouncers) {
      const placed = bouncer.settings.get("track_extra_parameters");
      if (!placed || isFilledIn(placed.entry.value)) continue;
      const names = readNames(placed.entry.value);
      if (names.some(isSearchPath)) yield searchPath(bouncer, placed);
      const lost = names.filter(
        (name) => !isSearchPath(name) && !reportedParameters.has(name.toLowerCase()) && !name.includes("."),
      );
      if (lost.length > 0)
        yield {
          place: placeOfEntry(placed),
          message: `${lost.map((name) => `\`${name}\``).join(", ")} cannot be tracked: PostgreSQL does not report ${lost.length > 1 ? "them" : "it"} to its clients.`,
        };
    }
  },
};

const isSearchPath = (name: string): boolean => name.toLowerCase() === "search_path";

function searchPath(bouncer: Bouncer, placed: PlacedEntry): Report {
  const { version } = bouncer;
  const asksServer =
    (valueIn(bouncer, "auth_user") ?? "") !== "" ||
    databasesOf(bouncer).some(({ parameters }) => parameters.has("auth_user"));
  const isOpen = asksServer && !bouncer.settings.has("auth_query");
  if (isOpen && version && !isAtLeast(version.value, [1, 25, 1]) && version.value.length > 1)
    return {
      place: placeOfEntry(placed),
      severity: "error",
      message: `With \`search_path\` tracked and \`auth_user\` set, anybody can run SQL while logging in to PgBouncer ${dotted(version.value)} (CVE-2025-12819; ${version.words}).`,
    };
  return {
    place: placeOfEntry(placed),
    severity: isOpen && !version ? "warning" : "information",
    message: `\`search_path\` is tracked only where the server reports it: PostgreSQL 18, or Citus 12${isOpen && !version ? "; with `auth_user` it is a hole before PgBouncer 1.25.1 (CVE-2025-12819)" : ""}.`,
  };
}
