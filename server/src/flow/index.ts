import type { FileFacts, StatementFact } from "../core/facts.ts";
import type { Model, Pool } from "../core/model.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { carriers, externalModules } from "../drivers/external.ts";
import { driverModules } from "../drivers/index.ts";
import type { Poolers } from "../pooler/index.ts";
import { contextOf } from "./context.ts";
import { ExternalWaits } from "./external.ts";
import { Manifests } from "./manifests.ts";
import { findPools } from "./pools.ts";
import { PrismaSchemas } from "./prisma.ts";
import { type FileNode, fileNode } from "./program.ts";
import { Propagation, type Resolution } from "./propagate.ts";
import { findTransactions } from "./transactions.ts";
import type { HandleValue } from "./values.ts";

export type { Resolution } from "./propagate.ts";

export interface LinkInput {
  readonly snapshot: Snapshot;
  readonly facts: ReadonlyMap<string, FileFacts>;
  readonly poolers: Poolers;
  resolve(from: string, specifier: string): Resolution;
}

/** Links the facts of all files: values flow, pools and transactions are found, every path of each handle is followed. */
export function link({ snapshot, facts, poolers, resolve }: LinkInput): Model {
  const counters = { functions: 0, classes: 0 };
  const files = new Map<string, FileNode>();
  for (const path of [...facts.keys()].sort())
    files.set(path, fileNode(facts.get(path) as FileFacts, files.size, counters));
  const schemas = new PrismaSchemas(snapshot);
  const modulesOf = (specifier: string) => {
    const known = driverModules(specifier);
    return known.length > 0 ? known : schemas.modules(specifier);
  };
  const propagation = new Propagation({ files, resolve, driverModules: modulesOf, isExternal });
  propagation.run();

  const manifests = new Manifests(snapshot);
  const contexts = new Map<FileNode, Pool["context"]>();
  const context = (file: FileNode): Pool["context"] => {
    let known = contexts.get(file);
    if (known === undefined) contexts.set(file, (known = contextOf(file, snapshot.roots)));
    return known;
  };
  const { pools, foreign } = findPools({
    files: files.values(),
    escaped: propagation.escaped,
    property: (values, name, reader) => propagation.property(values, name, reader),
    poolers,
    context,
    dependencies: (path) => manifests.dependencies(path),
  });
  const { settings } = snapshot;
  const transactions = findTransactions({
    files: files.values(),
    waits: new ExternalWaits({ external: new Set(settings.external), pure: new Set(settings.pure) }),
    context,
    isPostgres: (handle, driver, file) => {
      const pool = poolOf(handle, pools);
      if (pool?.postgres === "yes") return true;
      if (pool?.postgres === "no" || reaches(handle, foreign)) return false;
      const { dialect } = driver;
      if (dialect === undefined) return true;
      const packages = manifests.dependencies(file.path);
      return dialect.packages.some((one) => packages.has(one)) || (pool === undefined && packages.size === 0);
    },
    profile: (handle, file) => poolOf(handle, pools)?.profile ?? poolers.profileFor(undefined, file.path),
  });
  return {
    pools: [...pools.values(), ...schemas.pools(poolers)],
    ...transactions,
    text: (path) => snapshot.sources.get(path) ?? snapshot.configurations.get(path) ?? "",
    facts: (path) => facts.get(path) as FileFacts,
    functionAt: (path, id) => (facts.get(path) as FileFacts).functions[id] as FileFacts["functions"][number],
    statementAt: (path, offset) => innermost(facts.get(path)?.statements ?? [], offset),
    projectName: (path) => manifests.projectName(path),
  };
}

const carriersOf = new Set(carriers.flatMap((carrier) => carrier.modules));
const isExternal = (specifier: string): boolean => externalModules(specifier).length > 0 || carriersOf.has(specifier);

/** The pool that a handle was taken from, up its line of parents. */
function poolOf(handle: HandleValue | undefined, pools: ReadonlyMap<HandleValue["site"], Pool>): Pool | undefined {
  for (let at = handle, depth = 0; at !== undefined && depth < 8; at = at.site.parent, depth++) {
    const pool = pools.get(at.site);
    if (pool !== undefined) return pool;
  }
  return undefined;
}

function reaches(handle: HandleValue | undefined, sites: ReadonlySet<HandleValue["site"]>): boolean {
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
