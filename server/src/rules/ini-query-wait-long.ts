import type { Rule } from "../core/rule.ts";
import { placeOfEntry, poolsOf } from "./knowledge/ini.ts";
import { numbersOf } from "./knowledge/ini-number.ts";
import { poolLabel, timeOf } from "./knowledge/options.ts";

export const iniQueryWaitLong: Rule = {
  name: "ini-query-wait-long",
  summary: "A query waits longer for a server than its pool waits for a connection.",
  why: `When PgBouncer's pool is full, a query waits up to \`query_wait_timeout\` and holds its place in the application's pool. Where that pool gives up earlier on
whoever waits for a connection, requests fail in the application while PgBouncer still queues. A shorter \`query_wait_timeout\` says where the trouble is.

The rule fires only against pools found in the workspace whose own limit is known. It does not see timeouts of requests.`,
  group: "pgbouncer.ini",
  severity: "hint",
  fix: "none",
  dependsOn: [],
  *check(model) {
    for (const { bouncer, placed, value } of numbersOf(model, "query_wait_timeout")) {
      const shorter = poolsOf(bouncer).filter((pool) => {
        const acquire = timeOf(pool, "acquire timeout");
        return typeof acquire === "number" && acquire > 0 && acquire < value * 1000;
      });
      if (shorter.length === 0) continue;
      yield {
        place: placeOfEntry(placed),
        message: `A query waits ${value} s for a server connection, longer than ${shorter.length === 1 ? "a pool waits" : `${shorter.length} pools wait`} for one of ${shorter.length === 1 ? "its" : "their"} own.`,
        related: shorter.map((pool) => ({
          place: pool.place,
          message: `\`${poolLabel(model, pool)}\` gives up earlier.`,
        })),
      };
    }
  },
};
