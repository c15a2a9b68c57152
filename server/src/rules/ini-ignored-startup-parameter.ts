import type { Rule } from "../core/rule.ts";
import { isFilledIn, readNames } from "../pgbouncer/values.ts";
import { placeOfEntry, valueIn } from "./knowledge/ini.ts";
import { meaningfulParameters } from "./knowledge/startup-parameters.ts";

export const iniIgnoredStartupParameter: Rule = {
  name: "ini-ignored-startup-parameter",
  summary: "Parameters that clients count on are accepted and dropped.",
  why: `A parameter in \`ignore_startup_parameters\` does not reach PostgreSQL: the client connects, and its \`statement_timeout\` or \`search_path\` is not set, without
a word. Set such things for the role (\`ALTER ROLE … SET\`), for the database in \`connect_query\`, in the transaction (\`SET LOCAL\`), or, where the server reports
them, in \`track_extra_parameters\`. With \`options\` everything that a client sends as \`options=-c …\` is dropped.

\`extra_float_digits\`, which JDBC sends, is harmless. The rule does not see whether any client sends the others.`,
  group: "pgbouncer.ini",
  severity: "warning",
  fix: "none",
  dependsOn: ["ignoreStartupParameters"],
  *check(model) {
    for (const bouncer of model.bouncers) {
      const placed = bouncer.settings.get("ignore_startup_parameters");
      if (!placed || isFilledIn(placed.entry.value)) continue;
      const tracked = new Set(
        readNames(valueIn(bouncer, "track_extra_parameters") ?? "").map((name) => name.toLowerCase()),
      );
      const dropped = readNames(placed.entry.value).filter(
        (name) => meaningfulParameters.has(name.toLowerCase()) && !tracked.has(name.toLowerCase()),
      );
      if (dropped.length === 0) continue;
      yield {
        place: placeOfEntry(placed),
        // Many clients send `options` without meaning much by it; the others are sent on purpose.
        severity: dropped.every((name) => name.toLowerCase() === "options") ? "information" : "warning",
        message: `${dropped.map((name) => `\`${name}\``).join(", ")} of a client ${dropped.length > 1 ? "are" : "is"} accepted and dropped: PostgreSQL never hears of ${dropped.length > 1 ? "them" : "it"}.`,
      };
    }
  },
};
