import type { Rule } from "../core/rule.ts";
import { modesOf, placeOfEntry, setValue } from "./knowledge/ini.ts";

export const iniResetQueryEmpty: Rule = {
  name: "ini-reset-query-empty",
  summary: "In session pooling nothing cleans a connection for its next client.",
  why: `In session pooling a server connection goes to another client when the first one disconnects. \`server_reset_query\` cleans it in between. Empty, it leaves
settings, temporary tables, prepared statements, locks and a role to whoever comes next: a \`SET ROLE\` or \`SET app.tenant\` of one client counts for another.

The rule does not see whether clients leave anything behind.`,
  group: "pgbouncer.ini",
  severity: "error",
  fix: "safe",
  dependsOn: ["mode"],
  *check(model) {
    for (const bouncer of model.bouncers) {
      const placed = bouncer.settings.get("server_reset_query");
      if (placed?.entry.value !== "" || !modesOf(bouncer)?.has("session")) continue;
      yield {
        place: placeOfEntry(placed),
        message:
          "An empty `server_reset_query` leaves settings, temporary tables and prepared statements to the connection's next client.",
        fixes: [{ title: "Set it to `DISCARD ALL`", safety: "safe", edits: setValue(model, placed, "DISCARD ALL") }],
      };
    }
  },
};
