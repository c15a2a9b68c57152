import type { Pool } from "../core/model.ts";
import type { Rule } from "../core/rule.ts";
import { isEngine, keepsConnections, poolClassOf } from "./knowledge/engines.ts";
import { headerOf, numberIn, placeOfEntry, poolsOf, setValue } from "./knowledge/ini.ts";
import { numberOf, optionFor, poolLabel } from "./knowledge/options.ts";

export const iniClientConnLow: Rule = {
  name: "ini-client-conn-low",
  summary: "The workspace's pools may open more connections than PgBouncer accepts.",
  why: `PgBouncer refuses a client beyond \`max_client_conn\` with \`no more connections allowed\`. Idle connections of pools count. The sum is the size of every pool of
the workspace that goes through this PgBouncer, times the \`replicas\` in the settings. Client connections are cheap: raise the limit (and the number of
files that the process may open), or make the pools smaller.

The rule fires only against pools found in the workspace, and does not see other clients, nor processes beyond \`replicas\`.`,
  group: "pgbouncer.ini",
  severity: "warning",
  fix: "suggestion",
  dependsOn: [],
  *check(model) {
    for (const bouncer of model.bouncers) {
      const limit = numberIn(bouncer, "max_client_conn");
      const pools = poolsOf(bouncer).flatMap((pool) => {
        const size = sizeOf(pool);
        return size === undefined ? [] : [{ pool, size }];
      });
      const each = pools.reduce((sum, { size }) => sum + size, 0);
      const sum = each * Math.max(1, model.replicas);
      if (limit === undefined || sum <= limit) continue;
      const placed = bouncer.settings.get("max_client_conn");
      const wanted = String(Math.ceil((sum * 1.25) / 100) * 100);
      yield {
        place: placed ? placeOfEntry(placed) : headerOf(bouncer),
        message: `The workspace's pools may open ${sum} connections${model.replicas > 1 ? ` (${each} in each of ${model.replicas} replicas)` : ""}; PgBouncer accepts ${limit}${placed ? "" : " by default"}.`,
        related: pools.map(({ pool, size }) => ({
          place: pool.place,
          message: `\`${poolLabel(model, pool)}\` opens up to ${size}.`,
        })),
        fixes: placed
          ? [{ title: `Change to ${wanted}`, safety: "suggestion", edits: setValue(model, placed, wanted) }]
          : [],
      };
    }
  },
};

/** The connections that one pool may open; undefined where that is not known or it is opened again and again. */
function sizeOf(pool: Pool): number | undefined {
  if (pool.role !== "pool" || pool.via !== "opens" || pool.postgres !== "yes" || pool.lifetime.kind === "per call")
    return undefined;
  const option = optionFor(pool, "max");
  // `NullPool` opens as many as are asked for.
  if (!option && isEngine(pool) && !keepsConnections.has(poolClassOf(pool) ?? "")) return undefined;
  return option ? numberOf(option.value) : pool.options.complete ? pool.driver.pool.defaults.max : undefined;
}
