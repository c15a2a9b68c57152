import type { Model, Option, Pool } from "../core/model.ts";
import type { Fix, Report, Rule } from "../core/rule.ts";
import { enginePath, idleOption, isEngine, survivesIdle } from "./knowledge/engines.ts";
import { isRecycledWithin, isSingleUse, mayBeReplaced, poolLabel, setOptions, timeOf } from "./knowledge/options.ts";
import { poolerName } from "./knowledge/verdict.ts";

/** How much of the pooler's limit a connection may stay idle: room for a busy event loop. */
const share = 0.8;

const perUnit = { ms: 1000, s: 1, min: 1 / 60 } as const;

export const noIdleBeyondBouncer: Rule = {
  name: "no-idle-beyond-bouncer",
  summary: "The pool keeps idle connections longer than the pooler's `client_idle_timeout` lets them live.",
  why: `PgBouncer closes a client that was idle for \`client_idle_timeout\` seconds. A pool that still holds that connection finds out late:
node-postgres emits \`error\` on the pool (without a listener the process exits), other libraries lose the next query or reconnect.
Close idle connections earlier than the pooler does; 80 % of its limit leaves room.

\`server_lifetime\` and \`server_idle_timeout\` are other things: they close connections between PgBouncer and PostgreSQL that no client is
using, which the application never sees. Do not compare the pool's idle or recycle time with them.

SQLAlchemy's \`pool_recycle\` belongs below this limit too; \`pool_pre_ping=True\` and \`NullPool\` do without it.

In session mode the limit does not touch a pool: an idle client that has a server connection of its own is not closed.

The rule does not see firewalls and load balancers that cut idle connections too.`,
  group: "pools",
  severity: "warning",
  fix: "both",
  dependsOn: ["mode", "clientIdleTimeout"],
  *check(model) {
    for (const pool of model.pools) {
      if (pool.role !== "pool" || pool.via !== "opens" || pool.postgres !== "yes" || pool.context !== "application")
        continue;
      // A client with a server of its own does not count as idle (proven on 1.18 and 1.24).
      if (pool.profile.mode.value === "session") continue;
      // With one use a connection there are no idle ones.
      if (isSingleUse(pool) || survivesIdle(pool)) continue;
      const option = idleOption(pool);
      if (option && mayBeReplaced(pool, option)) continue;
      const idle = option?.means
        ? timeOf(pool, option.means)
        : pool.options.complete
          ? pool.driver.pool.defaults.idle
          : undefined;
      if (idle === undefined) continue;
      const limit = pool.profile.clientIdleTimeout;
      if (limit) {
        const outlives =
          limit.value > 0 &&
          (idle === "never" || idle >= limit.value * 1000) &&
          !isRecycledWithin(pool, limit.value * 1000);
        if (outlives) yield beyond(model, pool, option, idle, limit.value, limit.words);
      } else if (option?.means === "idle" && idle === "never") {
        yield unlimited(model, pool, option);
      }
    }
  },
};

function beyond(
  model: Model,
  pool: Pool,
  option: Option | undefined,
  idle: number | "never",
  limit: number,
  words: string,
): Report {
  const kept = idle === "never" ? "for ever" : `for ${seconds(idle)}`;
  const by = option ? `\`${written(model, option)}\`` : `\`${poolLabel(model, pool)}\` by default`;
  const evidence = pool.profile.clientIdleTimeout?.place;
  const survives = !pool.driver.pool.exitsOnIdleClose && pool.driver.pool.reconnects;
  return {
    place: placeOf(pool, option),
    severity: survives ? "hint" : "warning",
    message: `${by} keeps idle connections ${kept}, ${poolerName(pool.profile)} closes them after ${seconds(limit * 1000)} (${words}).`,
    related: evidence ? [{ place: evidence, message: "The limit is set here." }] : [],
    fixes: below(model, pool, option, limit),
  };
}

function unlimited(model: Model, pool: Pool, option: Option): Report {
  const edits = setOptions(model, pool, pool.driver.pool.boundedIdle ?? []);
  return {
    place: placeOf(pool, option),
    severity: "hint",
    message: `\`${written(model, option)}\` keeps idle connections for ever, a \`client_idle_timeout\` of ${poolerName(pool.profile)} would close them (its value is not known).`,
    fixes:
      edits && edits.length > 0 ? [{ title: "Close idle connections after a while", safety: "suggestion", edits }] : [],
  };
}

function below(model: Model, pool: Pool, option: Option | undefined, limit: number): Fix[] {
  const path =
    option?.path ??
    (isEngine(pool) ? enginePath(pool, "pool_recycle") : undefined) ??
    Object.keys(pool.driver.options).find((name) => pool.driver.options[name]?.means === "idle");
  if (path === undefined) return [];
  const unit = pool.driver.options[path]?.unit ?? "ms";
  const value = Math.max(1, Math.floor(limit * share * perUnit[unit]));
  const edits = setOptions(model, pool, [{ path, value: String(value) }]);
  return edits
    ? [
        {
          title: `Close idle connections after ${seconds(limit * share * 1000)} (80 % of the limit)`,
          safety: "safe",
          edits,
        },
      ]
    : [];
}

const placeOf = (pool: Pool, option: Option | undefined) => (option?.from === "object" ? option.place : pool.place);

const written = (model: Model, { place }: Option): string =>
  model.text(place.path).slice(place.span.start, place.span.end);

const seconds = (ms: number): string => `${Number((ms / 1000).toFixed(3))} s`;
