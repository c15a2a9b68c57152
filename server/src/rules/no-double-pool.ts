import type { OptionSetting } from "../core/driver.ts";
import type { Model, Option, Pool } from "../core/model.ts";
import type { Fix, Report, Rule } from "../core/rule.ts";
import type { Place } from "../core/text.ts";
import { creatorOf, engineOption, isEngine, keepsConnections, poolClassOf } from "./knowledge/engines.ts";
import {
  isSingleUse,
  mayBeReplaced,
  numberOf,
  optionAt,
  optionFor,
  poolLabel,
  replaceOptions,
  setOptions,
  timeOf,
} from "./knowledge/options.ts";
import { because, poolerName, sharesServers } from "./knowledge/verdict.ts";

/** What makes a pool keep connections: the setting at fault, if it is written down, and the first half of the message. */
interface Hoard {
  readonly option?: Option;
  readonly says: string;
}

export const noDoublePool: Rule = {
  name: "no-double-pool",
  summary: "A client-side pool in front of the pooler keeps connections that it should give back.",
  why: `The pooler keeps the connections to PostgreSQL open already. A pool in the application that never gives its own connections back
holds them a second time: in session mode each idle one pins a server connection that nobody else can use (another application then
waits for \`query_wait_timeout\`), in transaction mode each takes one of \`max_client_conn\` slots.

Give idle connections back: at once (the library's NullPool form, such as \`maxUses: 1\` for node-postgres) or after a few seconds.
Opening a connection to a pooler nearby costs about a millisecond.

SQLAlchemy's engine keeps connections unless it is told \`poolclass=NullPool\`. Behind a pooler in transaction mode that costs client slots alone,
and keeping them with \`pool_pre_ping=True\` is a fair choice (a connection out of its pool takes 0.3 ms, a new one 1.2). A pool of psycopg or
oracledb below it (\`creator=pool.getconn\`) needs \`NullPool\` in any case.

The rule reports a floor above zero, an idle time that is switched off, and settings that do not do what they say. It does not see
options that are put together at run time, and it does not judge a pool whose idle connections are closed after a while.`,
  group: "pools",
  severity: "information",
  fix: "suggestion",
  dependsOn: ["mode"],
  *check(model) {
    for (const pool of model.pools) {
      if (pool.role !== "pool" || pool.via !== "opens") continue;
      if (pool.postgres !== "yes" && !isOracle(pool)) continue;
      // Tests and scripts end before an idle connection matters.
      if (pool.context !== "application") continue;
      if (isSingleUse(pool)) continue;
      // Nothing stands between it and the database; a connection that replicates is there to stay.
      if ((pool.profile.direct && !creatorOf(pool)) || pool.startup.some(({ name }) => name === "replication"))
        continue;
      const engine = isEngine(pool) ? engineReport(model, pool) : undefined;
      if (engine) yield engine;
      if (isEngine(pool)) continue;
      const kept = pool.driver.name === "django" ? persistent(model, pool) : undefined;
      if (kept) yield kept;
      const hoard = hoardOf(pool, model);
      // Whoever calls with other options decides.
      if (hoard?.option && mayBeReplaced(pool, hoard.option)) continue;
      if (hoard) yield report(model, pool, hoard);
    }
  },
};

function hoardOf(pool: Pool, model: Model): Hoard | undefined {
  const { defaults } = pool.driver.pool;
  for (const { path, value, says } of pool.driver.pool.traps ?? []) {
    const option = optionAt(pool, path);
    if (option?.value.kind === "constant" && option.value.value === value)
      return { option, says: `${given(model, pool, path, String(value))} ${says}` };
  }

  const min = optionFor(pool, "min");
  const floor = numberOf(min?.value);
  if (min && floor !== undefined && floor > 0)
    return {
      option: min,
      says: `${given(model, pool, min.path, String(floor))} keeps ${connections(floor)} open for ever`,
    };

  const idle = optionFor(pool, "idle");
  if (idle && timeOf(pool, "idle") === "never")
    return {
      option: idle,
      says: `${given(model, pool, idle.path, written(model, idle))} keeps idle connections open for ever`,
    };

  // What a spread or a variable may hold is not known.
  if (!pool.options.complete) return undefined;
  const label = `\`${poolLabel(model, pool)}\``;
  if (!min && (defaults.min ?? 0) > 0)
    return { says: `${label} keeps ${connections(defaults.min!)} open for ever by default` };
  const pinsServers = !sharesServers(pool.profile);
  if (!idle && defaults.idle === "never" && pinsServers)
    return { says: `${label} keeps idle connections open for ever by default` };
  return undefined;
}

function report(model: Model, pool: Pool, { option, says }: Hoard): Report {
  const shared = sharesServers(pool.profile);
  const pooler = poolerName(pool.profile);
  const harm = shared
    ? `each takes a client slot of ${pooler}, which pools already`
    : `each pins a server connection of ${pooler} while it is idle`;
  const byDefault = !option && pool.driver.pool.defaults.idle === "never";
  const place: Place = option && option.from === "object" ? option.place : pool.place;
  return {
    place,
    severity: shared || byDefault ? "information" : "warning",
    message: `${says}: ${harm} ${because(pool.profile)}.`,
    related: place === pool.place ? [] : [{ place: pool.place, message: "The pool is opened here." }],
    fixes: [
      ...fix(model, pool, option, "Give every connection back after use (NullPool form)", pool.driver.pool.nullPool),
      ...fix(model, pool, option, "Close idle connections after a while", pool.driver.pool.boundedIdle),
    ],
  };
}

/** SQLAlchemy keeps up to five connections for ever, and ten more while it is busy, unless it is told otherwise. */
function engineReport(model: Model, pool: Pool): Report | undefined {
  const poolClass = poolClassOf(pool);
  if (poolClass === undefined || !keepsConnections.has(poolClass)) return undefined;
  const label = `\`${poolLabel(model, pool)}\``;
  const creator = creatorOf(pool);
  const fixes = engineFixes(model, pool);
  if (creator)
    return {
      place: creator.place,
      severity: "warning",
      message: `${label} keeps a pool of its own on top of the one that \`${written(model, creator)}\` takes connections from: what the outer keeps, nobody else gets from the inner.`,
      related: [{ place: pool.place, message: "The engine is made here." }],
      fixes,
    };
  const shared = sharesServers(pool.profile);
  const pings = engineOption(pool, "pool_pre_ping")?.value;
  const pooler = poolerName(pool.profile);
  const harm = shared
    ? `each takes a client slot of ${pooler}, which pools already`
    : `each pins a server connection of ${pooler} while it is idle`;
  return {
    place: pool.place,
    severity: !shared ? "warning" : pings?.kind === "constant" && pings.value === true ? "hint" : "information",
    message: `${label} keeps idle connections open for ever (QueuePool): ${harm} ${because(pool.profile)}.`,
    fixes,
  };
}

/** python-oracledb has nothing to do with PgBouncer, and the same two pools. */
const isOracle = (pool: Pool): boolean => isEngine(pool) && pool.url?.scheme?.startsWith("oracle") === true;

/** Django keeps one connection for each thread; in transaction mode that pins nothing. */
function persistent(model: Model, pool: Pool): Report | undefined {
  const age = optionAt(pool, "CONN_MAX_AGE");
  if (age?.value.kind !== "constant" || age.value.value === 0 || sharesServers(pool.profile)) return undefined;
  const edits = setOptions(model, pool, [{ path: "CONN_MAX_AGE", value: "0" }]);
  return {
    place: age.place,
    message: `\`CONN_MAX_AGE\` keeps a connection for each thread: each pins a server connection of ${poolerName(pool.profile)} while it is idle ${because(pool.profile)}.`,
    fixes: edits ? [{ title: "Set `CONN_MAX_AGE` to 0", safety: "suggestion", edits }] : [],
  };
}

/** NullPool takes no sizes: they go with it. */
function engineFixes(model: Model, pool: Pool): Fix[] {
  const { nullPool = [], refusedByNullPool = [] } = pool.driver.pool;
  const sizes = refusedByNullPool.flatMap((name) => engineOption(pool, name)?.path ?? []);
  const edits = replaceOptions(model, pool, nullPool, sizes);
  return edits ? [{ title: "Give every connection back after use (`NullPool`)", safety: "suggestion", edits }] : [];
}

function fix(
  model: Model,
  pool: Pool,
  fault: Option | undefined,
  title: string,
  settings: readonly OptionSetting[] | undefined,
): Fix[] {
  const needed = settings?.filter(({ path, unlessGiven }) => !unlessGiven || optionAt(pool, path) === undefined);
  const edits = needed && setOptions(model, pool, needed, fault);
  return edits ? [{ title, safety: "suggestion", edits }] : [];
}

const connections = (count: number): string => (count === 1 ? "1 connection" : `${count} connections`);

/** An option as the language writes it; an argument that has no name is the call's. */
function given(model: Model, pool: Pool, path: string, value: string): string {
  if (path.startsWith("(")) return `\`${poolLabel(model, pool)}\``;
  const name = path.split(".").at(-1)!;
  return pool.driver.language === "python" ? `\`${name}=${value}\`` : `\`${name}: ${value}\``;
}

const written = (model: Model, option: Option): string =>
  model.text(option.place.path).slice(option.valueSpan.start, option.valueSpan.end);
