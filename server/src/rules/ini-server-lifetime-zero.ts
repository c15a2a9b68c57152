import type { Rule } from "../core/rule.ts";
import { placeOfEntry, removeEntry } from "./knowledge/ini.ts";
import { numbersOf } from "./knowledge/ini-number.ts";

export const iniServerLifetimeZero: Rule = {
  name: "ini-server-lifetime-zero",
  summary: "Each server connection is used once.",
  why: `\`server_lifetime = 0\` does not mean "for ever": it closes a server connection after its first use, so every transaction pays for a new connection to
PostgreSQL, which is what a pooler is there to save. The default is an hour.

The rule does not see \`server_lifetime\` of single databases.`,
  group: "pgbouncer.ini",
  severity: "warning",
  fix: "suggestion",
  dependsOn: [],
  *check(model) {
    for (const { placed, value } of numbersOf(model, "server_lifetime"))
      if (value === 0)
        yield {
          place: placeOfEntry(placed),
          message: "`server_lifetime = 0` closes each server connection after one use.",
          fixes: [
            { title: "Remove it (the default is 3600)", safety: "suggestion", edits: removeEntry(model, placed) },
          ],
        };
  },
};
