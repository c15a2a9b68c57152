import type { Driver, Effect } from "../core/driver.ts";
import type { CallInstruction } from "../core/facts.ts";
import type { Pool, PoolOptions, StartupParameter, StatementNaming, Tristate, UrlFacts } from "../core/model.ts";
import type { Profile } from "../core/profile.ts";
import { applicationName } from "./application-name.ts";
import { type DriverCall, unwrittenCall } from "./calls.ts";
import { isPostgres } from "./dialect.ts";
import { derived, heldName } from "./held.ts";
import { constructedLifetime, isKeptByThis, isReturned, lifetimeOf } from "./lifetime.ts";
import { type Configuring, readOptions } from "./options.ts";
import { endpointOf } from "./pool-endpoint.ts";
import { Events, errorHandler } from "./pool-events.ts";
import { startupOf } from "./pool-startup.ts";
import { belowOf, namingOf } from "./pool-statements.ts";
import type { PoolSurroundings } from "./pool-surroundings.ts";
import { urlOf } from "./pool-url.ts";
import { type FileNode, type FunctionNode, isPython } from "./program.ts";
import { withSettings } from "./python-settings.ts";
import { callsThat } from "./rare-calls.ts";
import { roleOf } from "./roles.ts";
import type { ClassNode, HandleValue, Site } from "./values.ts";

interface Found {
  readonly handle: HandleValue;
  readonly each: FunctionNode;
  readonly call: CallInstruction;
  readonly one: DriverCall;
}

export interface FoundPools {
  /** Every pool, engine and single connection that the workspace opens, PostgreSQL's alone, in source order. */
  readonly pools: ReadonlyMap<Site, Pool>;
  /** Those of other databases. */
  readonly foreign: ReadonlyMap<Site, Driver>;
}

export function findPools(around: PoolSurroundings): FoundPools {
  const found = new Map<Site, Found>();
  const touched = new Events();
  const escaped = new Set<Site>();
  for (const file of around.files) {
    for (const site of file.escaped) escaped.add(site);
    for (const { each, call, one } of callsThat(file, "opens", "wraps", "ends", "handles event")) {
      touched.note(each, call, one);
      const { result } = one;
      if (result === undefined || !opensHere(one, result) || found.has(result.site)) continue;
      found.set(result.site, { handle: result, each, call, one });
    }
  }
  classesWithoutCall(around, found);
  const pools = new Map<Site, Pool>();
  const foreign = new Map<Site, Driver>();
  const byPlace = new Map<string, Pool>();
  const build = (site: Site): Pool | undefined => {
    const known = pools.get(site);
    if (known !== undefined) return known;
    const one = found.get(site);
    if (one === undefined) return undefined;
    const inner = innerSite(one.handle, found);
    const pool = describe(around, one, inner === undefined ? undefined : build(inner), touched, escaped);
    if (pool === undefined) {
      foreign.set(site, one.handle.driver);
      return undefined;
    }
    // A `finally` is lowered once for every way through it: what it opens is one pool.
    const { path, span } = pool.place;
    const key = `${path} ${span.start} ${span.end} ${pool.type}`;
    const same = byPlace.get(key) ?? pool;
    byPlace.set(key, same);
    pools.set(site, same);
    return same;
  };
  for (const site of found.keys()) build(site);
  return { pools, foreign };
}

const opensHere = (one: DriverCall, result: HandleValue): boolean => {
  if (result.site.kind !== "opens" && result.site.kind !== "wraps") return false;
  if (!one.effects.some((effect) => effect.does === "opens" || effect.does === "wraps")) return false;
  const role = roleOf(result);
  return role === "pool" || role === "session";
};

/** `class PrismaService extends PrismaClient {}` that a framework instantiates. */
function classesWithoutCall(around: PoolSurroundings, found: Map<Site, Found>): void {
  for (const file of around.files) {
    for (const node of file.classes) {
      const { base } = node;
      if (base === undefined || found.has(base.site) || roleOf(base) !== "pool" || node.subclasses.size > 0) continue;
      const each = file.functions[0] as FunctionNode;
      const signature = { effects: [{ does: "opens" as const }] };
      found.set(base.site, {
        handle: base,
        each,
        call: unwrittenCall("new", node.facts.nameSpan ?? node.facts.span),
        one: {
          driver: base.driver,
          name: base.type,
          signature,
          effects: signature.effects,
          result: base,
          callbacks: [],
        },
      });
    }
  }
}

/** The pool that a wrapper stands on: through dialects and adapters. */
function innerSite(handle: HandleValue, found: ReadonlyMap<Site, Found>): Site | undefined {
  let parent = handle.site.kind === "wraps" ? handle.site.parent : undefined;
  for (let depth = 0; parent !== undefined && depth < 5; depth++) {
    if (found.has(parent.site)) return parent.site;
    parent = parent.site.parent;
  }
  return undefined;
}

function describe(
  around: PoolSurroundings,
  { handle, each, call, one }: Found,
  inner: Pool | undefined,
  events: Events,
  escaped: ReadonlySet<Site>,
): Pool | undefined {
  const { driver } = handle;
  const effect = one.effects.find((candidate): candidate is Effect & { does: "opens" } => candidate.does === "opens");
  const via = handle.site.kind === "wraps" ? "wraps" : "opens";
  const options = withSettings(around, driver, {
    ...readOptions(
      each,
      call,
      effect ?? { does: "opens" },
      driver,
      around.property,
      configuringOf(each, call, one),
      (file) => around.context(file) === "test",
    ),
    ...(effect === undefined ? { complete: via === "opens" } : {}),
  });
  const url = inner?.url ?? urlOf(around, options, each);
  const postgres = isPostgres(around, driver, options, url, each, handle, inner);
  if (postgres === "no" && !isLentByOracle(options, url)) return undefined;
  const named = driver.applicationName.environment
    ?.map((name) => around.poolers.urlOfEnvironment(name, each.file.path))
    .find((told) => told?.parameters.application_name !== undefined);
  const inBlock = isInBlock(each, handle);
  const ended: Tristate =
    (inBlock && endsWithBlock(handle)) || events.ends(handle.site)
      ? "yes"
      : escaped.has(handle.site) || isHandedOut(each, call)
        ? "unknown"
        : "no";
  const owner = ownerOf(handle, each, call, around.files);
  const name = heldName(each, call);
  const role = roleOf(handle) === "session" ? "session" : "pool";
  const place = { path: each.file.path, span: call.span };
  const talker = belowOf(driver, handle.type, url, around.dependencies(place.path));
  const below = talker && {
    driver: talker,
    version: (package_: string) => around.version(place.path, package_),
  };
  const environment = (variable: string) => around.poolers.urlOfEnvironment(variable, each.file.path);
  const startup = via === "wraps" ? [] : startupOf({ driver, options, url, environment, place });
  const profile = inner?.profile ?? around.poolers.profileFor(url ?? endpointOf(around, options, each), each.file.path);
  return {
    place,
    call,
    function: each.facts.id,
    driver,
    type: handle.type,
    role,
    via,
    postgres,
    options,
    applicationName: inner?.applicationName ?? applicationName(driver, options, url, named),
    startup,
    statements: inner === undefined ? namingOf(driver, options, url, below) : wrappedNaming(driver, options, inner),
    errorHandler: errorHandler(
      handle,
      options,
      events,
      escaped,
      inner,
      role === "session" && isReturned(each, call) ? "handed out" : "kept",
    ),
    ended,
    inBlock,
    lifetime:
      owner === undefined
        ? lifetimeOf(each, call, ended)
        : constructedLifetime(owner, { each, call }, ended, (file) => around.context(file) === "application"),
    context: around.context(each.file),
    profile: replicates(startup) ? { ...profile, mode: ofReplication } : profile,
    ...(inner === undefined ? {} : { inner }),
    ...(url === undefined ? {} : { url }),
    ...(name === undefined ? {} : { name }),
  };
}

/** PgBouncer gives a connection that replicates a server connection of its own. */
const replicates = (startup: readonly StartupParameter[]): boolean =>
  startup.some(({ name, value }) => name === "replication" && !/^(false|off|no|0)$/i.test(value ?? ""));

const ofReplication: Profile["mode"] = {
  value: "session",
  strength: "stated",
  words: "a replication connection has a server connection of its own",
};

/** An engine on a pool of python-oracledb: two pools are too many there as well. Nothing else is said of it. */
const isLentByOracle = ({ entries }: PoolOptions, url: UrlFacts | undefined): boolean =>
  url?.scheme?.startsWith("oracle") === true && entries.some(({ means }) => means === "handle");

/** `async with await connect():`, `with cast(ConnectionPool, made):`, and `with connection:` further down. */
const isInBlock = (each: FunctionNode, { site }: HandleValue): boolean =>
  each.facts.blocks.some(({ instructions }) =>
    instructions.some(
      (one) =>
        one.op === "dispose" &&
        each.registers[one.value]?.some((value) => value.kind === "handle" && value.site === site),
    ),
  );

/** psycopg2's `with` ends the transaction and leaves the connection open. */
function endsWithBlock({ driver, descriptor }: HandleValue): boolean {
  const dispose = descriptor.dispose ?? driver.types[descriptor.extends ?? ""]?.dispose;
  const effects = [dispose ?? []].flat().flatMap((signature) => signature.effects ?? []);
  return effects.length === 0 || effects.some(({ does }) => does === "ends" || does === "releases");
}

/** Python's `get_connection()`: whoever calls it has the connection, and closes it. */
function isHandedOut(each: FunctionNode, call: CallInstruction): boolean {
  if (!isPython(each)) return false;
  const held = derived(each, call);
  const yields = each.facts.blocks.some(({ instructions }) =>
    instructions.some((one) => one.op === "yield" && one.value !== undefined && held.has(one.value)),
  );
  return yields || isReturned(each, call) || isEntered(each, call);
}

/** `closing(connect())`, `stack.enter_context(connect())`. */
const isEntered = (each: FunctionNode, { dst }: CallInstruction): boolean =>
  [...each.calls.keys()].some((other) => other.arguments.some(({ value }) => value === dst));

/** An adapter may name what it sends through a pool that it is given; any other wrapper sends what its pool sends. */
function wrappedNaming(driver: Driver, options: PoolOptions, inner: Pool): StatementNaming {
  const own = namingOf(driver, options, undefined);
  return own.by === "option" ? own : inner.statements;
}

/** The calls that hand options to this pool: the one that opens it, and the one that made the factory that it is opened with. */
function configuringOf(each: FunctionNode, call: CallInstruction, one: DriverCall): readonly Configuring[] {
  const own = configuring(each, call, one);
  const { call: made, function: maker } = one.receiver?.site ?? {};
  if (made === undefined || maker === undefined) return own;
  return [...(maker.calls.get(made)?.driver ?? []).flatMap((factory) => configuring(maker, made, factory)), ...own];
}

const configuring = (each: FunctionNode, call: CallInstruction, one: DriverCall): readonly Configuring[] =>
  one.effects.flatMap((effect) => (effect.does === "configures" ? [{ each, call, effect }] : []));

/** The class whose instances hold the pool: one that extends it, or one that opens it in its constructor and keeps it in a field. */
function ownerOf(
  handle: HandleValue,
  each: FunctionNode,
  call: CallInstruction,
  files: readonly FileNode[],
): ClassNode | undefined {
  for (const file of files) {
    const node = file.classes.find((one) => one.base?.site === handle.site);
    if (node !== undefined) return node;
  }
  const { kind, class: id } = each.facts;
  if ((kind !== "constructor" && kind !== "initializer") || id === undefined || isPython(each)) return undefined;
  return isKeptByThis(each, call) ? each.file.classes[id] : undefined;
}
