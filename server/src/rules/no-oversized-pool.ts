import type { Model, Pool } from "../core/model.ts";
import type { Evidenced } from "../core/profile.ts";
import type { Finding, Report, Rule } from "../core/rule.ts";
import { isEngine, keepsConnections, poolClassOf } from "./knowledge/engines.ts";
import { mayBeReplaced, numberOf, optionFor, timeOf } from "./knowledge/options.ts";
import { poolerName, sharesServers } from "./knowledge/verdict.ts";

/** A pool whose size is known. */
interface Sized {
  readonly pool: Pool;
  readonly size: number;
}

export const noOversizedPool: Rule = {
  name: "no-oversized-pool",
  summary: "The pools of all processes together are larger than the pooler takes, or than it can serve.",
  why: `PgBouncer takes \`max_client_conn\` clients and refuses the next one with \`no more connections allowed\`. Every process has its own pools, so
what counts is the sum of their sizes times the number of processes; \`replicas\` in bouncer-safe.json says how many run side by side.

Behind them, \`default_pool_size\` connections to PostgreSQL serve each database and user. A pool in the application that is larger does
not get more: its queries queue in PgBouncer, where each may wait for \`query_wait_timeout\` (120 s by default), and the requests behind them
give up before, after the pool's own acquire timeout.

The sum counts pools that are opened once, with a size that the code or the library states. The rule does not see clients of other
programs, or sizes that are read from the environment, and it is silent where no configuration states the pooler's limits.`,
  group: "pools",
  severity: "information",
  fix: "none",
  dependsOn: ["mode"],
  *check(model) {
    const sized = model.pools.flatMap(sizedPool);
    yield* tooMany(model, sized);
    for (const each of sized) {
      const report = waiting(model, each);
      if (report) yield report;
    }
  },
};

function sizedPool(pool: Pool): Sized[] {
  if (pool.role !== "pool" || pool.via !== "opens" || pool.postgres !== "yes") return [];
  // Scripts run one after another, and how often a function runs is not known.
  if (pool.context !== "application" || pool.lifetime.kind === "per call" || pool.profile.direct) return [];
  const option = optionFor(pool, "max");
  // `NullPool` opens as many as are asked for.
  if (!option && isEngine(pool) && !keepsConnections.has(poolClassOf(pool) ?? "")) return [];
  if (option && (mayBeReplaced(pool, option) || option.conditional)) return [];
  const size = option ? numberOf(option.value) : pool.options.complete ? pool.driver.pool.defaults.max : undefined;
  return size === undefined || size < 1 ? [] : [{ pool, size }];
}

/** One finding for each pooler, at its largest pool. */
function* tooMany(model: Model, sized: readonly Sized[]): Iterable<Report> {
  const byLimit = new Map<string, Sized[]>();
  for (const each of sized) {
    const limit = each.pool.profile.maxClientConnections;
    if (limit?.strength !== "stated") continue;
    const key = `${limit.place?.path} ${limit.place?.span.start} ${limit.value}`;
    byLimit.set(key, [...(byLimit.get(key) ?? []), each]);
  }
  for (const group of byLimit.values()) {
    const [largest, ...others] = [...group].sort((a, b) => b.size - a.size);
    const limit = largest?.pool.profile.maxClientConnections;
    if (!largest || !limit) continue;
    const sum = group.reduce((total, { size }) => total + size, 0);
    if (sum * model.replicas <= limit.value) continue;
    yield {
      place: placeOf(largest.pool),
      message: `${written(group, model.replicas)} connections may be opened, and ${poolerName(largest.pool.profile)} takes ${limit.value}: the next one fails with \`no more connections allowed\` (${limit.words}).`,
      related: [
        ...others.map(({ pool, size }) => ({ place: placeOf(pool), message: `Up to ${size} more.` })),
        ...lines(limit, "The limit is set here."),
      ],
    };
  }
}

/** Sizes that are written one by one; the related places tell the others. */
const shown = 4;

/** `20`, `20 + 10 = 30`, `(20 + 10) × 4 replicas = 120`. */
function written(group: readonly Sized[], replicas: number): string {
  const sizes = group.map(({ size }) => size).sort((a, b) => b - a);
  const sum = sizes.reduce((total, size) => total + size, 0);
  const others = sizes.slice(shown);
  const rest = others.reduce((total, size) => total + size, 0);
  const added = [...sizes.slice(0, shown), ...(others.length > 0 ? [`${rest} of ${others.length} others`] : [])].join(
    " + ",
  );
  if (replicas > 1) return `${sizes.length > 1 ? `(${added})` : added} × ${replicas} replicas = ${sum * replicas}`;
  return sizes.length > 1 ? `${added} = ${sum}` : added;
}

/** A pool that is larger than what serves it, and what comes of the wait. */
function waiting(model: Model, { pool, size }: Sized): Report | undefined {
  const { defaultPoolSize: servers, queryWaitTimeout: wait } = pool.profile;
  // Sizes that nobody chose are no choice to speak of.
  if (!optionFor(pool, "max") || !isWritten(servers)) return undefined;
  const clients = size * model.replicas;
  if (clients <= servers.value) return undefined;
  const outcome = outcomeOf(pool, wait);
  if (outcome === undefined) return undefined;
  const queue = sharesServers(pool.profile)
    ? "the rest of their queries queue"
    : "the rest wait until another disconnects";
  return {
    place: placeOf(pool),
    message: `${written([{ pool, size }], model.replicas)} connections share ${servers.value} of ${poolerName(pool.profile)} to PostgreSQL: ${queue}, and ${outcome} (${servers.words}).`,
    related: [
      ...lines(servers, "The servers are limited here."),
      ...(isWritten(wait) ? lines(wait, "The wait is limited here.") : []),
    ],
  };
}

function outcomeOf(pool: Pool, wait: Evidenced<number> | undefined): string | undefined {
  const limit = wait?.value;
  const own = timeOf(pool, "acquire timeout");
  const isLonger = limit !== undefined && (limit === 0 || (typeof own === "number" && limit * 1000 > own));
  if (typeof own === "number")
    return isLonger ? `requests give up after ${own / 1000} s, before their turn` : undefined;
  const isPatient =
    own === "never" || (!optionFor(pool, "acquire timeout") && pool.driver.pool.defaults.acquireTimeout === "never");
  return isPatient && isWritten(wait) && wait.value > 0
    ? `fail with \`query_wait_timeout\` after ${wait.value} s`
    : undefined;
}

/** A number that a file states, not a default that it leaves alone. */
const isWritten = (value: Evidenced<number> | undefined): value is Evidenced<number> =>
  value?.strength === "stated" && !value.words.includes(" sets no ");

const lines = (evidence: Evidenced<number>, message: string): Finding["related"] =>
  evidence.place ? [{ place: evidence.place, message }] : [];

const placeOf = (pool: Pool): Pool["place"] => {
  const option = optionFor(pool, "max");
  return option?.from === "object" ? option.place : pool.place;
};
