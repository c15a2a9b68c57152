import type { Driver } from "../core/driver.ts";
import type { FileFacts, StatementFact } from "../core/facts.ts";
import { functionOf } from "../core/functions.ts";
import type { Model, Pool } from "../core/model.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { carriers, externalModules } from "../drivers/external.ts";
import { driverModules } from "../drivers/index.ts";
import { differInPoolersAlone, type Poolers } from "../pooler/index.ts";
import { sessionsInAutocommit, switchesAutocommit } from "./autocommit.ts";
import { bouncersOf } from "./bouncers.ts";
import { followCallers } from "./callers.ts";
import { contextOf } from "./context.ts";
import { differencesOf, innerFunctions } from "./contributions.ts";
import { settled } from "./crowds.ts";
import { Databases, poolsOfModels } from "./databases.ts";
import { speaksToAnother } from "./dialect.ts";
import { ExternalWaits } from "./external.ts";
import type { Resolution } from "./flow.ts";
import { Forwarders } from "./forwarders.ts";
import { FurtherLeaks } from "./further-leaks.ts";
import { type KeptInside, lookInside, noInside } from "./inside.ts";
import { KeptCalls } from "./kept-calls.ts";
import { Manifests } from "./manifests.ts";
import { findMigrations } from "./migrations.ts";
import { leaksOnRequests } from "./on-request.ts";
import type { PoolSurroundings } from "./pool-surroundings.ts";
import { findPools } from "./pools.ts";
import { findPrepared } from "./prepared.ts";
import { PrismaSchemas } from "./prisma.ts";
import { type Counters, driverCallsIn, type FileNode, type FunctionNode, fileNode, nodeOf } from "./program.ts";
import { Propagation } from "./propagate.ts";
import { serverCursors } from "./python-cursors.ts";
import { djangoPools } from "./python-settings.ts";
import { Stories } from "./stories.ts";
import { ToldByFunctions } from "./told.ts";
import type { TransactionSurroundings } from "./transactions.ts";
import { leaksOfUnreturned } from "./unreturned.ts";
import type { HandleValue } from "./values.ts";

export type { Resolution } from "./flow.ts";

export interface LinkInput {
  readonly snapshot: Snapshot;
  readonly facts: ReadonlyMap<string, FileFacts>;
  readonly poolers: Poolers;
  resolve(from: string, specifier: string): Resolution;
}

/**
 * Links the facts of all files, snapshot after snapshot: values flow, pools and transactions are found, every path of each handle is
 * followed. Where only texts changed since the last snapshot, and what they give to other files did not shrink, only those files and
 * what depends on them are looked at again; the model is the same either way.
 */
export class Linker {
  private state: State | undefined;

  link(input: LinkInput): Model {
    const kept = this.state === undefined ? undefined : this.update(this.state, input);
    const state = kept ?? fresh(input);
    this.state = state;
    return modelOf(state, input);
  }

  /** The state with what changed; undefined where everything has to be linked anew. */
  private update(state: State, { snapshot, facts }: LinkInput): State | undefined {
    if (state.snapshot.settings !== snapshot.settings) return undefined;
    if (state.snapshot.configurations !== snapshot.configurations) {
      if (!differInPoolersAlone(state.snapshot.configurations, snapshot.configurations)) return undefined;
      // Values flow as before; what functions tell names the profile by which they are judged.
      state.told.clear();
    }
    if (state.snapshot.roots !== snapshot.roots || state.files.size !== facts.size) return undefined;
    const changed: FileNode[] = [];
    for (const [path, one] of facts) {
      const file = state.files.get(path);
      if (file === undefined) return undefined;
      if (file.facts !== one) changed.push(file);
    }
    if (changed.length > maximumChanges) return undefined;
    for (const file of changed) if (!relink(state, file, facts.get(file.path) as FileFacts)) return undefined;
    state.snapshot = snapshot;
    return state;
  }
}

/** With more files than this changed at once (a branch switch), linking anew costs no more. */
const maximumChanges = 8;

interface State {
  snapshot: Snapshot;
  readonly files: ReadonlyMap<string, FileNode>;
  readonly counters: Counters;
  readonly propagation: Propagation;
  readonly schemas: PrismaSchemas;
  readonly manifests: Manifests;
  readonly contexts: Map<FileNode, Pool["context"]>;
  readonly told: ToldByFunctions;
  readonly calls: KeptCalls;
  readonly stories: Stories;
  readonly leaks: FurtherLeaks;
  waits: ExternalWaits;
  forwarders: Forwarders;
  readonly inside: KeptInside;
}

function fresh({ snapshot, facts, resolve }: LinkInput): State {
  const schemas = new PrismaSchemas(snapshot);
  const modulesOf = (specifier: string, language: Driver["language"]) => {
    const known = driverModules(specifier, language);
    return known.length > 0 || language === "python" ? known : schemas.modules(specifier);
  };
  const paths = [...facts.keys()].sort();
  const flowed = settled((crowds) => {
    const counters = { functions: 0, classes: 0 };
    const files = new Map<string, FileNode>();
    for (const path of paths) files.set(path, fileNode(facts.get(path) as FileFacts, files.size, counters));
    const propagation = new Propagation({ files, resolve, driverModules: modulesOf, isExternal }, crowds);
    propagation.run();
    return { files, counters, propagation };
  });
  return {
    snapshot,
    ...flowed,
    schemas,
    manifests: new Manifests(snapshot),
    contexts: new Map(),
    told: new ToldByFunctions(),
    calls: new KeptCalls(),
    stories: new Stories(),
    leaks: new FurtherLeaks(),
    waits: waitsFor(snapshot),
    forwarders: new Forwarders(),
    inside: noInside(),
  };
}

const waitsFor = ({ settings: { external, pure }, roots }: Snapshot): ExternalWaits =>
  new ExternalWaits({ external: new Set(external), pure: new Set(pure) }, (file) => contextOf(file, roots) === "test");

/** Lets the values flow from what changed in a file. False where everything has to be linked anew. */
function relink(state: State, file: FileNode, facts: FileFacts): boolean {
  const { propagation, told } = state;
  const { stale } = told;
  const { changed, gone } = differencesOf(file, facts);
  // What is gone was in what others tell, too.
  const toldBefore = [...changed, ...gone].some(tellsOthers);
  const known = new Set(file.functions);
  if (propagation.replace(file, facts, state.counters)) {
    const fresh = file.functions.filter((each) => !known.has(each));
    if (toldBefore || [...changed, ...fresh].some(tellsOthers)) told.clear();
    for (const each of withCallers([...changed, ...fresh].flatMap(aroundAndInside))) stale.add(each);
    for (const each of propagation.evaluated) stale.add(each);
    for (const each of stale) {
      state.waits.forget(each);
      state.forwarders.forget(each);
    }
    return true;
  }
  const telling = toldBefore || file.functions.some(tellsOthers);
  if (!propagation.update(file, facts, state.counters)) return false;
  state.waits = waitsFor(state.snapshot);
  state.forwarders = new Forwarders();
  if (telling || file.functions.some(tellsOthers)) told.clear();
  for (const each of withCallers([...propagation.evaluated, ...file.functions])) stale.add(each);
  for (const cell of file.variables) for (const reader of cell.readers) stale.add(reader);
  return true;
}

/** The functions whose paths may run through these: themselves and their callers. */
function withCallers(functions: Iterable<FunctionNode>): ReadonlySet<FunctionNode> {
  const seen = new Set(functions);
  let frontier: Iterable<FunctionNode> = [...seen];
  for (let depth = 0; depth < 8; depth++) {
    const next = new Set<FunctionNode>();
    for (const each of frontier) {
      for (const caller of each.callers.values()) {
        if (seen.has(caller)) continue;
        seen.add(caller);
        next.add(caller);
      }
    }
    frontier = next;
  }
  return seen;
}

/** The functions that share variables with one: those it is written in, and those written in it. */
function aroundAndInside(each: FunctionNode): readonly FunctionNode[] {
  // A module's own code shares what it declares with everybody; what it tells them is looked at as values.
  const found = each.facts.id === 0 ? [each] : [each, ...innerFunctions(each)];
  for (let at = each.facts.parent; at !== undefined && at !== 0; at = nodeOf(each.file, at)?.facts.parent)
    found.push(nodeOf(each.file, at) as FunctionNode);
  return found;
}

/** Whether a function opens a pool, whose profile is in what other files tell, or decides for sessions of theirs how they commit. */
const tellsOthers = (each: FunctionNode): boolean =>
  switchesAutocommit(each) ||
  driverCallsIn(each).some(({ one }) =>
    one.effects.some((effect) => effect.does === "opens" || effect.does === "wraps"),
  );

function modelOf(state: State, { snapshot, facts, poolers }: LinkInput): Model {
  const { files, propagation, manifests } = state;
  const context = (file: FileNode): Pool["context"] => {
    let known = state.contexts.get(file);
    if (known === undefined) {
      known = contextOf(file, snapshot.roots);
      state.contexts.set(file, known);
    }
    return known;
  };
  const surroundings: PoolSurroundings = {
    files: [...files.values()],
    property: (values, name, reader) => propagation.property(values, name, reader),
    poolers,
    context,
    dependencies: (path) => manifests.dependencies(path),
    version: (path, name) => manifests.versionOf(path, name),
  };
  const { pools, foreign } = findPools(surroundings);
  /** Libraries that certainly speak to PostgreSQL somewhere in the workspace, and nowhere to anything else. */
  const postgresDrivers = new Set(
    [...pools.values()].filter((pool) => pool.postgres === "yes").map((pool) => pool.driver.name),
  );
  for (const driver of foreign.values()) postgresDrivers.delete(driver.name);
  const { settings } = snapshot;
  const around: TransactionSurroundings = {
    waits: state.waits,
    forwarders: state.forwarders,
    inAutocommit: sessionsInAutocommit(files.values()),
    context,
    isPostgres: (handle, driver, file, others = []) => {
      const { dialect } = driver;
      const isFromElsewhere = handle !== undefined && handle.site.place.path !== file.path;
      if (dialect === undefined && isFromElsewhere && speaksToAnother(file)) return false;
      const pool = poolOf(handle, pools);
      if (pool?.postgres === "yes") return true;
      if (pool?.postgres === "no" || reaches(handle, foreign)) return false;
      // A type says nothing of the database; what is handed over does.
      const isElsewhere = pool === undefined && others.some((other) => reaches(other, foreign));
      if (isElsewhere && !others.some((other) => poolOf(other, pools)?.postgres === "yes")) return false;
      if (dialect === undefined) return true;
      if (driver.name === "prisma" && state.schemas.postgres !== undefined) return state.schemas.postgres;
      if (postgresDrivers.has(driver.name)) return true;
      const packages = manifests.dependencies(file.path);
      return dialect.packages.some((one) => packages.has(one)) || (pool === undefined && packages.size === 0);
    },
    pool: (handle) => poolOf(handle, pools),
    profile: (handle, file) => poolOf(handle, pools)?.profile ?? poolers.profileFor(undefined, file.path),
  };
  state.leaks.takeBack();
  const fresh = state.told.renew(files.values(), around);
  state.calls.renew(fresh);
  const called = followCallers(state.told.helpers(files.values()), around, state.calls);
  const { transactions, regions, checkouts, statements, listens, implicitTransactions, ambient } = state.stories.merge([
    ...state.told.all,
    called,
  ]);
  leaksOnRequests(files, transactions, state.leaks);
  leaksOfUnreturned(files, transactions, state.leaks);
  const adapted = [...pools.values()].some(({ driver, via }) => driver.name === "prisma" && via === "wraps");
  const hasEngine = (path: string): boolean => !adapted && (manifests.majorOf(path, "@prisma/client") ?? 7) < 7;
  const ofSchemas = state.schemas.pools(poolers, hasEngine);
  const allPools = [...new Set(pools.values()), ...ofSchemas, ...djangoPools(surroundings)];
  lookInside(regions, new Databases(pools, poolsOfModels(files.values(), pools)), ambient, state.inside, fresh);
  return {
    bouncers: bouncersOf(snapshot, poolers, allPools),
    pools: allPools,
    transactions,
    checkouts,
    statements,
    listens,
    implicitTransactions,
    prepared: findPrepared([...files.values()], around),
    migrations: findMigrations(
      { ...surroundings, snapshot, hasEngine, pool: (handle) => poolOf(handle, pools) },
      ofSchemas,
      allPools,
    ),
    cursors: serverCursors([...files.values()], (path) => snapshot.sources.get(path) ?? "", context),
    replicas: settings.replicas,
    text: (path) => snapshot.sources.get(path) ?? snapshot.configurations.get(path) ?? "",
    facts: (path) => facts.get(path) as FileFacts,
    functionAt: (path, id) => functionOf(facts.get(path) as FileFacts, id) as FileFacts["functions"][number],
    statementAt: (path, offset) => innermost(facts.get(path)?.statements ?? [], offset),
    projectName: (path) => manifests.projectName(path),
    packageVersion: (path, name) => manifests.versionOf(path, name),
  };
}

const carriersOf = new Set(carriers.flatMap((carrier) => carrier.modules));
/** Modules of the runtime that hand values on. */
const handsOn = /^(node:)?async_hooks$/;
const isExternal = (specifier: string): boolean =>
  externalModules(specifier).length > 0 || carriersOf.has(specifier) || handsOn.test(specifier);

/** The pool that a handle was taken from, up its line of parents. */
function poolOf(handle: HandleValue | undefined, pools: ReadonlyMap<HandleValue["site"], Pool>): Pool | undefined {
  for (let at = handle, depth = 0; at !== undefined && depth < 8; at = at.site.parent, depth++) {
    const pool = pools.get(at.site);
    if (pool !== undefined) return pool;
  }
  return undefined;
}

function reaches(handle: HandleValue | undefined, sites: ReadonlyMap<HandleValue["site"], Driver>): boolean {
  for (let at = handle, depth = 0; at !== undefined && depth < 8; at = at.site.parent, depth++)
    if (sites.has(at.site)) return true;
  return false;
}

function innermost(statements: readonly StatementFact[], offset: number): StatementFact | undefined {
  let found: StatementFact | undefined;
  for (const statement of statements) {
    if (statement.span.start > offset || statement.span.end < offset) continue;
    if (found === undefined || statement.span.end - statement.span.start <= found.span.end - found.span.start)
      found = statement;
  }
  return found;
}
