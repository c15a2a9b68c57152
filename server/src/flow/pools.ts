import type { Driver, Effect } from "../core/driver.ts";
import type { CallInstruction } from "../core/facts.ts";
import type { Known, Option, Pool, PoolOptions, Tristate, UrlFacts } from "../core/model.ts";
import type { Poolers } from "../pooler/index.ts";
import type { DriverCall } from "./calls.ts";
import { lifetimeOf } from "./lifetime.ts";
import { type PropertyReader, readOptions } from "./options.ts";
import { driverCallsOf, type FileNode, type FunctionNode } from "./program.ts";
import { roleOf } from "./roles.ts";
import { definition } from "./text.ts";
import { urlOfText } from "./url-facts.ts";
import type { HandleValue, Site } from "./values.ts";

export interface PoolSurroundings {
  readonly files: Iterable<FileNode>;
  readonly property: PropertyReader;
  readonly poolers: Poolers;
  context(file: FileNode): Pool["context"];
  /** Names of the packages that the nearest manifest depends on. */
  dependencies(path: string): ReadonlySet<string>;
}

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
    for (const { each, call, one } of driverCallsOf(file)) {
      touched.note(each, call, one);
      const { result } = one;
      if (result === undefined || !opensHere(one, result) || found.has(result.site)) continue;
      found.set(result.site, { handle: result, each, call, one });
    }
  }
  classesWithoutCall(around, found);
  const pools = new Map<Site, Pool>();
  const foreign = new Map<Site, Driver>();
  const build = (site: Site): Pool | undefined => {
    const known = pools.get(site);
    if (known !== undefined) return known;
    const one = found.get(site);
    if (one === undefined) return undefined;
    const inner = innerSite(one.handle, found);
    const pool = describe(around, one, inner === undefined ? undefined : build(inner), touched, escaped);
    if (pool === undefined) foreign.set(site, one.handle.driver);
    else pools.set(site, pool);
    return pool;
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
      const at = node.facts.nameSpan ?? node.facts.span;
      const call: CallInstruction = {
        op: "call",
        dst: -1,
        style: "new",
        callee: -1,
        arguments: [],
        use: "used",
        span: at,
        calleeSpan: at,
        argumentsSpan: { start: at.end, end: at.end },
        managed: false,
      };
      const signature = { effects: [{ does: "opens" as const }] };
      found.set(base.site, {
        handle: base,
        each,
        call,
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

/** What happens to each pool anywhere: listeners and ends. */
class Events {
  private readonly handled = new Set<Site>();
  private readonly ended = new Set<Site>();

  note(each: FunctionNode, call: CallInstruction, one: DriverCall): void {
    const site = one.receiver?.site;
    if (site === undefined) return;
    for (const effect of one.effects) {
      if (effect.does === "ends") this.ended.add(site);
      if (effect.does === "handles event" && (effect.event ?? eventName(each, call)) !== "connect")
        this.handled.add(site);
    }
  }

  handlesError(site: Site): boolean {
    return this.handled.has(site);
  }

  ends(site: Site): boolean {
    return this.ended.has(site);
  }
}

/** `error`, `connect`; an unknown name counts as `error`. */
function eventName(each: FunctionNode, call: CallInstruction): string {
  const first = call.arguments[0];
  const source = first === undefined ? undefined : definition(each, first.value);
  if (source?.op !== "literal" || typeof source.value !== "string") return "error";
  return source.value === "error" ? "error" : "connect";
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
  const options: PoolOptions =
    effect === undefined
      ? { entries: [], complete: via === "opens", sites: {} }
      : readOptions(each, call, effect, driver, around.property);
  const url = inner?.url ?? urlOf(around, options, each);
  const postgres = isPostgres(around, driver, options, url, each, handle, inner);
  if (postgres === "no") return undefined;
  const named = driver.applicationName.environment
    ?.map((name) => around.poolers.urlOfEnvironment(name, each.file.path))
    .find((told) => told?.parameters.application_name !== undefined);
  const ended: Tristate = events.ends(handle.site) ? "yes" : escaped.has(handle.site) ? "unknown" : "no";
  const name = heldName(each, call);
  const role = roleOf(handle) === "session" ? "session" : "pool";
  return {
    place: { path: each.file.path, span: call.span },
    call,
    function: each.facts.id,
    driver,
    type: handle.type,
    role,
    via,
    postgres,
    options,
    applicationName: inner?.applicationName ?? applicationName(driver, options, url, named),
    errorHandler: errorHandler(handle, options, events, escaped, inner),
    ended,
    lifetime: constructedLifetime(handle, around.files, ended) ?? lifetimeOf(each, call, ended),
    context: around.context(each.file),
    profile: around.poolers.profileFor(url, each.file.path),
    ...(inner === undefined ? {} : { inner }),
    ...(url === undefined ? {} : { url }),
    ...(name === undefined ? {} : { name }),
  };
}

/** A class of the workspace lives as long as what its `new` makes. */
function constructedLifetime(
  handle: HandleValue,
  files: Iterable<FileNode>,
  ended: Tristate,
): Pool["lifetime"] | undefined {
  for (const file of files) {
    const node = file.classes.find((one) => one.base?.site === handle.site);
    if (node === undefined) continue;
    let verdict: Pool["lifetime"] | undefined;
    for (const owner of [node, ...node.subclasses]) {
      for (const [call, each] of owner.constructions) {
        const lifetime = lifetimeOf(each, call, ended);
        const what = `new ${owner.facts.name ?? "class"}()`;
        if (lifetime.kind === "per call")
          return { ...lifetime, made: { place: { path: each.file.path, span: call.span }, what } };
        verdict = lifetime;
      }
    }
    return verdict ?? { kind: "unknown" };
  }
  return undefined;
}

const ofMeaning = (options: PoolOptions, means: Option["means"]): Option | undefined =>
  options.entries.findLast((entry) => entry.means === means);

function urlOf(around: PoolSurroundings, options: PoolOptions, each: FunctionNode): UrlFacts | undefined {
  const option = ofMeaning(options, "url");
  if (option === undefined || option.value.kind === "object") return undefined;
  return urlOfKnown(around, option.value, option, each);
}

function urlOfKnown(around: PoolSurroundings, value: Known, option: Option, each: FunctionNode): UrlFacts | undefined {
  const literal = { path: option.place.path, span: option.valueSpan };
  switch (value.kind) {
    case "constant":
      return typeof value.value === "string" ? urlOfText([value.value], option.place, literal) : undefined;
    case "text":
      return urlOfText(value.pieces, option.place, undefined);
    case "environment": {
      const told = around.poolers.urlOfEnvironment(value.name, each.file.path);
      if (told !== undefined) return told;
      if (
        value.fallback?.kind === "constant" &&
        typeof value.fallback.value === "string" &&
        value.fallback.value.includes("://")
      ) {
        return {
          ...urlOfText([value.fallback.value], option.place, undefined),
          environment: value.name,
          complete: false,
        };
      }
      return { place: option.place, environment: value.name, parameters: {}, complete: false };
    }
    default:
      return { place: option.place, parameters: {}, complete: false };
  }
}

/** Whether it is PostgreSQL: what the options say, else the URL, else the packages beside it. */
function isPostgres(
  around: PoolSurroundings,
  driver: Driver,
  options: PoolOptions,
  url: UrlFacts | undefined,
  each: FunctionNode,
  handle: HandleValue,
  inner: Pool | undefined,
): Tristate {
  for (
    let parent = handle.site.parent, depth = 0;
    parent !== undefined && depth < 5;
    parent = parent.site.parent, depth++
  ) {
    if (parent.descriptor.foreign === true) return "no";
  }
  if (inner !== undefined) return inner.postgres;
  const { dialect } = driver;
  if (dialect === undefined)
    return handle.site.kind === "wraps" && handle.site.parent === undefined ? "unknown" : "yes";
  const told = options.entries.findLast((entry) => entry.path === dialect.option || entry.means === "dialect");
  const verdict = told === undefined ? undefined : dialectOf(told.value, dialect.postgres);
  if (verdict !== undefined) return verdict;
  if (url?.scheme !== undefined) return dialect.schemes.includes(url.scheme) ? "yes" : "no";
  const packages = around.dependencies(each.file.path);
  const some = dialect.packages.some((one) => packages.has(one));
  const others = [
    "mysql",
    "mysql2",
    "sqlite3",
    "better-sqlite3",
    "tedious",
    "mssql",
    "oracledb",
    "mariadb",
    "libsql",
    "@libsql/client",
  ];
  if (some && !others.some((one) => packages.has(one))) return "yes";
  return "unknown";
}

function dialectOf(value: Known, postgres: readonly string[]): Tristate | undefined {
  switch (value.kind) {
    case "constant":
      return typeof value.value !== "string" ? undefined : postgres.includes(value.value) ? "yes" : "no";
    case "either": {
      const verdicts = value.of.map((one) => dialectOf(one, postgres));
      if (verdicts.every((one) => one === "no")) return "no";
      return verdicts.every((one) => one === "yes") ? "yes" : "unknown";
    }
    case "environment":
      return value.fallback === undefined
        ? "unknown"
        : dialectOf(value.fallback, postgres) === "yes"
          ? "yes"
          : "unknown";
    default:
      return undefined;
  }
}

function applicationName(
  driver: Driver,
  options: PoolOptions,
  url: UrlFacts | undefined,
  environment: UrlFacts | undefined,
): Pool["applicationName"] {
  const option = options.entries.findLast(
    (entry) => entry.means === "application name" || entry.means === "fallback application name",
  );
  if (
    option !== undefined &&
    !(option.value.kind === "constant" && (option.value.value === undefined || option.value.value === ""))
  ) {
    return { given: "yes", name: option.value, place: option.place };
  }
  const parameter = driver.applicationName.urlParameter;
  const inUrl = parameter === undefined ? undefined : url?.parameters[parameter];
  if (url !== undefined && inUrl !== undefined)
    return { given: "yes", name: { kind: "constant", value: inUrl }, place: url.place };
  if (environment !== undefined) {
    return {
      given: "yes",
      name: { kind: "constant", value: environment.parameters.application_name },
      place: environment.place,
    };
  }
  if (driver.applicationName.fallback !== undefined) {
    return { given: "yes", name: { kind: "constant", value: driver.applicationName.fallback } };
  }
  if (!options.complete) return { given: "unknown" };
  // A URL from an environment variable that nothing explains is judged as one without a name; any other unknown URL may carry one.
  if (url !== undefined && !url.complete && url.environment === undefined && parameter !== undefined)
    return { given: "unknown" };
  return { given: "no" };
}

function errorHandler(
  handle: HandleValue,
  options: PoolOptions,
  events: Events,
  escaped: ReadonlySet<Site>,
  inner: Pool | undefined,
): Tristate {
  if (events.handlesError(handle.site) || options.entries.some((entry) => entry.means === "error hook")) return "yes";
  if (inner !== undefined) return inner.errorHandler;
  return escaped.has(handle.site) ? "unknown" : "no";
}

/** The variable or field that a new pool is put in. */
function heldName(each: FunctionNode, call: CallInstruction): string | undefined {
  const held = new Set([call.dst]);
  for (const block of each.facts.blocks) {
    for (const one of block.instructions) {
      if (one.op === "await" && held.has(one.value)) held.add(one.dst);
      if (one.op === "either" && one.values.some((value) => held.has(value))) held.add(one.dst);
      if (one.op === "store" && held.has(one.value)) {
        const variable = each.file.facts.variables[one.variable];
        if (variable !== undefined && variable.kind !== "temporary") return variable.name;
      }
      if (one.op === "set" && held.has(one.value)) return one.property;
    }
  }
  return undefined;
}
