import type { Rule } from "../core/rule.ts";
import { numberIn, placeOfEntry, removeEntry } from "./knowledge/ini.ts";
import { numbersOf } from "./knowledge/ini-number.ts";

export const iniReserveWithoutTimeout: Rule = {
  name: "ini-reserve-without-timeout",
  summary: "The reserve connections are never used.",
  why: `Extra connections of \`reserve_pool_size\` are opened for clients that have waited for \`reserve_pool_timeout\`. 0 does not mean "at once": it turns the reserve off.

The rule does not see reserves of single databases and users.`,
  group: "pgbouncer.ini",
  severity: "warning",
  fix: "suggestion",
  dependsOn: [],
  *check(model) {
    for (const { bouncer, placed, value } of numbersOf(model, "reserve_pool_timeout")) {
      if (value !== 0 || (numberIn(bouncer, "reserve_pool_size") ?? 0) <= 0) continue;
      yield {
        place: placeOfEntry(placed),
        message: "`reserve_pool_timeout = 0` turns `reserve_pool_size` off: the extra connections are never opened.",
        fixes: [{ title: "Remove it (the default is 5)", safety: "suggestion", edits: removeEntry(model, placed) }],
      };
    }
  },
};
