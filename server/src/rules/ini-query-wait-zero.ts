import type { Rule } from "../core/rule.ts";
import { placeOfEntry, setValue } from "./knowledge/ini.ts";
import { numbersOf } from "./knowledge/ini-number.ts";

export const iniQueryWaitZero: Rule = {
  name: "ini-query-wait-zero",
  summary: "Clients wait for a server connection for ever.",
  why: `With \`query_wait_timeout = 0\` a query waits without end when the pool is full or the server is gone. Requests pile up and nobody is told. The default is two
minutes; less than the timeout of the request in front of it is better.

The rule does not see timeouts of the drivers.`,
  group: "pgbouncer.ini",
  severity: "warning",
  fix: "suggestion",
  dependsOn: [],
  *check(model) {
    for (const { placed, value } of numbersOf(model, "query_wait_timeout"))
      if (value === 0)
        yield {
          place: placeOfEntry(placed),
          message: "`query_wait_timeout = 0` lets clients wait for ever when the pool is full.",
          fixes: [{ title: "Change to 30", safety: "suggestion", edits: setValue(model, placed, "30") }],
        };
  },
};
