import type { Rule } from "../core/rule.ts";
import { survivesIdle } from "./knowledge/engines.ts";
import { placeOfEntry, poolsOf, removeEntry } from "./knowledge/ini.ts";
import { numbersOf } from "./knowledge/ini-number.ts";
import { isRecycledWithin, isSingleUse, mayBeReplaced, optionFor, poolLabel, timeOf } from "./knowledge/options.ts";

export const iniClientIdleTimeout: Rule = {
  name: "ini-client-idle-timeout",
  summary: "PgBouncer closes connections that pools of the workspace keep idle.",
  why: `\`client_idle_timeout\` disconnects a client that was idle for so long, also one that a pool keeps for later. The pool finds out when it uses the connection
again. PgBouncer's documentation calls the setting dangerous; \`server_idle_timeout\` is what frees idle connections to PostgreSQL. Where it has to be, every pool
needs an idle or recycle time below it: \`no-idle-beyond-bouncer\` shows where.

The rule fires only against pools found in the workspace, and does not see clients elsewhere.`,
  group: "pgbouncer.ini",
  severity: "warning",
  fix: "suggestion",
  dependsOn: ["mode", "clientIdleTimeout"],
  *check(model) {
    for (const { bouncer, placed, value } of numbersOf(model, "client_idle_timeout")) {
      if (value <= 0) continue;
      const outliving = poolsOf(bouncer).filter((pool) => {
        if (
          pool.role !== "pool" ||
          pool.via !== "opens" ||
          pool.postgres !== "yes" ||
          pool.profile.mode.value === "session" ||
          isSingleUse(pool) ||
          survivesIdle(pool) ||
          isRecycledWithin(pool, value * 1000)
        )
          return false;
        const option = optionFor(pool, "idle");
        if (option && mayBeReplaced(pool, option)) return false;
        const idle = option ? timeOf(pool, "idle") : pool.options.complete ? pool.driver.pool.defaults.idle : undefined;
        return idle !== undefined && (idle === "never" || idle >= value * 1000);
      });
      if (outliving.length === 0) continue;
      yield {
        place: placeOfEntry(placed),
        severity: "information",
        message: `\`client_idle_timeout\` closes connections after ${value} s that ${outliving.length === 1 ? "a pool keeps" : `${outliving.length} pools keep`} idle for longer.`,
        related: outliving.map((pool) => ({
          place: pool.place,
          message: `\`${poolLabel(model, pool)}\` keeps idle connections longer.`,
        })),
        fixes: [{ title: "Remove `client_idle_timeout`", safety: "suggestion", edits: removeEntry(model, placed) }],
      };
    }
  },
};
