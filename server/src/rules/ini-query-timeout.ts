import type { Rule } from "../core/rule.ts";
import { placeOfEntry } from "./knowledge/ini.ts";
import { numbersOf } from "./knowledge/ini-number.ts";

export const iniQueryTimeout: Rule = {
  name: "ini-query-timeout",
  summary: "A slow query costs the client its connection.",
  why: `\`query_timeout\` does not cancel a query: it disconnects the client and closes the server connection. PostgreSQL's \`statement_timeout\` cancels the query and lets
both go on. PgBouncer's documentation wants \`query_timeout\` for network trouble alone, a little above a \`statement_timeout\` on the server.

The rule does not see the server's \`statement_timeout\`.`,
  group: "pgbouncer.ini",
  severity: "warning",
  fix: "none",
  dependsOn: [],
  *check(model) {
    for (const { placed, value } of numbersOf(model, "query_timeout"))
      if (value > 0)
        yield {
          place: placeOfEntry(placed),
          message: `A query that runs for ${value} s disconnects its client; a \`statement_timeout\` on the server, a little shorter, only cancels it.`,
        };
  },
};
