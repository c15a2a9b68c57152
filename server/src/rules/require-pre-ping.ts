import type { Rule } from "../core/rule.ts";
import { creatorOf, engineOption, isEngine, keepsConnections, poolClassOf } from "./knowledge/engines.ts";
import { poolLabel, setOptions } from "./knowledge/options.ts";

export const requirePrePing: Rule = {
  name: "require-pre-ping",
  summary:
    "An engine keeps connections and does not look whether they are still alive: the first use after a restart of the pooler fails.",
  why: `When PgBouncer restarts or closes an idle client, the connections in SQLAlchemy's pool are dead, and each fails once with
\`server closed the connection unexpectedly\`. \`pool_pre_ping=True\` asks before each use and opens a new one where it has to; \`NullPool\` keeps none.

A ping costs half a millisecond on a connection nearby. It cannot help in the middle of a transaction. SQLAlchemy 1.3 leaves a transaction open after
its ping.

The rule does not see engines whose arguments are put together at run time.`,
  group: "python",
  severity: "information",
  fix: "safe",
  dependsOn: [],
  *check(model) {
    for (const pool of model.pools) {
      if (!isEngine(pool) || pool.postgres !== "yes" || pool.context !== "application" || pool.profile.direct) continue;
      const poolClass = poolClassOf(pool);
      if (poolClass === undefined || !keepsConnections.has(poolClass)) continue;
      const ping = engineOption(pool, "pool_pre_ping");
      if (ping ? ping.value.kind !== "constant" || ping.value.value !== false : !pool.options.complete) continue;
      // Two pools are one too many: that is told, and mended, first.
      if (creatorOf(pool)) continue;
      const path = ping?.path ?? (pool.driver.name === "sqlalchemy" ? "pool_pre_ping" : "engine_options.pool_pre_ping");
      const edits = setOptions(model, pool, [{ path, value: "True" }]);
      yield {
        place: ping?.place ?? pool.place,
        message: `\`${poolLabel(model, pool)}\` keeps connections and does not check them: after a restart of the pooler the first use of each fails (\`server closed the connection unexpectedly\`).`,
        fixes: edits ? [{ title: "Add `pool_pre_ping=True`", safety: "safe", edits }] : [],
      };
    }
  },
};
