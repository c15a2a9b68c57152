import type { Rule } from "../core/rule.ts";
import { placeOfEntry, removeEntry } from "./knowledge/ini.ts";
import { numbersOf } from "./knowledge/ini-number.ts";

export const iniDisablePqexec: Rule = {
  name: "ini-disable-pqexec",
  summary: "Simple queries are refused, which most drivers send.",
  why: `\`disable_pqexec = 1\` disconnects every client that sends a simple query. psycopg2 sends nothing else; asyncpg's \`execute()\`, node-postgres without parameters, and every driver's
\`BEGIN\` do too. Only clients that use the extended protocol alone keep working.

The rule does not see which drivers connect.`,
  group: "pgbouncer.ini",
  severity: "error",
  fix: "suggestion",
  dependsOn: [],
  *check(model) {
    for (const { placed, value } of numbersOf(model, "disable_pqexec"))
      if (value !== 0)
        yield {
          place: placeOfEntry(placed),
          message:
            "`disable_pqexec` refuses simple queries: psycopg2, `BEGIN` of most drivers and queries without parameters fail.",
          fixes: [{ title: "Remove `disable_pqexec`", safety: "suggestion", edits: removeEntry(model, placed) }],
        };
  },
};
