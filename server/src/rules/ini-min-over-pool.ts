import type { Rule } from "../core/rule.ts";
import { numberIn, placeOfEntry, setValue } from "./knowledge/ini.ts";
import { numbersOf } from "./knowledge/ini-number.ts";

export const iniMinOverPool: Rule = {
  name: "ini-min-over-pool",
  summary: "A pool cannot keep more connections than it may have.",
  why: `\`min_pool_size\` above the size of the pool has no further effect: PgBouncer keeps as many connections as the pool may have, at most.

The rule compares with \`default_pool_size\` and does not see sizes of single databases.`,
  group: "pgbouncer.ini",
  severity: "hint",
  fix: "suggestion",
  dependsOn: [],
  *check(model) {
    for (const { bouncer, placed, value } of numbersOf(model, "min_pool_size")) {
      const size = numberIn(bouncer, "default_pool_size");
      if (size === undefined || size <= 0 || value <= size) continue;
      yield {
        place: placeOfEntry(placed),
        message: `\`min_pool_size\` is above the pool's size of ${size}: what is above has no effect.`,
        fixes: [{ title: `Change to ${size}`, safety: "suggestion", edits: setValue(model, placed, String(size)) }],
      };
    }
  },
};
