import type { Bouncer } from "../core/ini.ts";
import type { Rule } from "../core/rule.ts";
import { readLeadingInteger } from "../pgbouncer/values.ts";
import { addSetting, databasesOf, headerOf, isUnset, numberIn, placeOfEntry, poolsOf } from "./knowledge/ini.ts";

/** PostgreSQL's default. */
const usualLimit = 100;

export const iniPoolExceedsServer: Rule = {
  name: "ini-pool-exceeds-server",
  summary: "The pools together may open more connections than the server takes.",
  why: `Each pair of user and database has a pool of \`default_pool_size\` (or \`pool_size\`) connections and its reserve. Together they can ask a server for more than
its \`max_connections\`: PostgreSQL refuses with \`too many clients already\`, and PgBouncer's clients wait. Make the pools smaller, or cap them with
\`max_db_connections\`.

\`max_connections\` is read from compose files; elsewhere PostgreSQL's default of 100 is compared with. The rule fires only where code in the workspace goes through this PgBouncer, and
counts one user for each database: it does not see how many there are.`,
  group: "pgbouncer.ini",
  severity: "warning",
  fix: "suggestion",
  dependsOn: [],
  *check(model) {
    for (const bouncer of model.bouncers) {
      const limit = bouncer.serverConnections;
      if (poolsOf(bouncer).length === 0) continue;
      for (const [server, sum] of sums(bouncer)) {
        if (sum.connections <= (limit?.value ?? usualLimit)) continue;
        const placed = bouncer.settings.get("default_pool_size");
        const cap = Math.floor(((limit?.value ?? usualLimit) * 0.8) / sum.databases);
        yield {
          place: placed ? placeOfEntry(placed) : headerOf(bouncer),
          severity: limit ? "warning" : "information",
          message: `${sum.databases} ${sum.databases === 1 ? "database" : "databases"} on \`${server}\` may open ${sum.connections} connections, more than the server's ${limit ? `${limit.value} (${limit.words})` : "100 by default"}.`,
          fixes: isUnset(bouncer, "max_db_connections")
            ? [
                {
                  title: `Add \`max_db_connections = ${cap}\``,
                  safety: "suggestion",
                  edits: addSetting(model, bouncer, "max_db_connections", String(cap)),
                },
              ]
            : [],
        };
      }
    }
  },
};

interface Sum {
  connections: number;
  databases: number;
}

/** By host and port: the connections that all pools there may open, with one user each. */
function sums(bouncer: Bouncer): ReadonlyMap<string, Sum> {
  const found = new Map<string, Sum>();
  const usual = numberIn(bouncer, "default_pool_size");
  const reserve = numberIn(bouncer, "reserve_pool_size");
  const most = numberIn(bouncer, "max_db_connections");
  if (usual === undefined || reserve === undefined || most === undefined) return found;
  for (const { parameters } of databasesOf(bouncer)) {
    const own = (name: string): number | undefined => {
      const value = parameters.get(name)?.value;
      return value === undefined ? undefined : readLeadingInteger(value);
    };
    const size = own("pool_size") ?? usual;
    // 0 means no limit since 1.24: nothing to add up.
    if (size === 0) continue;
    const wanted = size + (own("reserve_pool_size") ?? own("reserve_pool") ?? reserve);
    const cap = own("max_db_connections") ?? most;
    const server = `${parameters.get("host")?.value ?? "the local socket"}:${own("port") ?? 5432}`;
    const sum = found.get(server) ?? { connections: 0, databases: 0 };
    sum.connections += cap > 0 ? Math.min(cap, wanted) : wanted;
    sum.databases += 1;
    found.set(server, sum);
  }
  return found;
}
