import type { Rule } from "../core/rule.ts";
import { numberIn, placeOfEntry, removeEntry, sharesServersIn, sharingMode } from "./knowledge/ini.ts";

export const iniResetQueryAlways: Rule = {
  name: "ini-reset-query-always",
  summary: "The reset query runs after each transaction.",
  why: `\`server_reset_query_always = 1\` runs \`server_reset_query\` after every transaction: a round trip to the server each time, and \`DISCARD ALL\` throws away cached
plans and what PgBouncer keeps prepared. It turns faults that happen now and then into faults that happen always. Mend the code that needs it instead.

The rule does not see whether some driver cannot do without, as asyncpg with prepared statements before PgBouncer 1.21.`,
  group: "pgbouncer.ini",
  severity: "warning",
  fix: "suggestion",
  dependsOn: ["mode"],
  *check(model) {
    for (const bouncer of model.bouncers) {
      const placed = bouncer.settings.get("server_reset_query_always");
      const always = numberIn(bouncer, "server_reset_query_always");
      if (!placed || !always || !sharesServersIn(bouncer)) continue;
      yield {
        place: placeOfEntry(placed),
        message: `\`server_reset_query\` runs after each transaction in ${sharingMode(bouncer)} pooling: a round trip more, and clients lose what they set.`,
        fixes: [
          { title: "Remove `server_reset_query_always`", safety: "suggestion", edits: removeEntry(model, placed) },
        ],
      };
    }
  },
};
