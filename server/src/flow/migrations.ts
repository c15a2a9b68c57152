import type { Driver, Effect } from "../core/driver.ts";
import type { CallInstruction } from "../core/facts.ts";
import type { Migration, Pool, UrlFacts } from "../core/model.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { Poolers } from "../pooler/index.ts";
import type { DriverCall } from "./calls.ts";
import { readOptions } from "./options.ts";
import type { PoolSurroundings } from "./pool-surroundings.ts";
import { urlOf } from "./pool-url.ts";
import type { FunctionNode } from "./program.ts";
import { callsThat } from "./rare-calls.ts";
import { slotRegister } from "./text.ts";
import { firstHandle, type HandleValue } from "./values.ts";

/** What is needed of the rest of the model. */
export interface MigrationSurroundings extends PoolSurroundings {
  readonly snapshot: Snapshot;
  /** Whether Prisma's engine opens the connections of the schema there: its URL is then the one of its migrations, too. */
  hasEngine(path: string): boolean;
  pool(handle: HandleValue | undefined): Pool | undefined;
}

type Migrates = Effect & { readonly does: "migrates" };

/** Every migration of the workspace whose connection is in sight: calls, configuration files, scripts and Prisma's schemas. */
export function findMigrations(
  around: MigrationSurroundings,
  schemas: readonly Pool[],
  pools: readonly Pool[],
): readonly Migration[] {
  const calls: Migration[] = [];
  for (const file of around.files)
    for (const { each, call, one } of callsThat(file, "migrates"))
      for (const effect of one.effects)
        if (effect.does === "migrates") calls.push(...ofCall(around, each, call, one, effect));
  return [
    ...calls,
    ...schemas.flatMap((pool) => ofSchema(around, pool)),
    ...scripts(around),
    ...alembic(around, pools),
    ...djangos(around, pools),
  ];
}

/** The engine that Alembic's `env.py` makes for its migrations. */
function alembic(around: MigrationSurroundings, pools: readonly Pool[]): readonly Migration[] {
  const files = new Map(
    around.files
      .filter(({ facts }) => facts.imports.some(({ specifier }) => /^alembic(?:\.|$)/.test(specifier)))
      .map((file) => [file.path, file]),
  );
  return pools.flatMap(({ place, via, postgres, profile, url }): Migration[] => {
    const file = files.get(place.path);
    if (file === undefined || via !== "opens" || postgres !== "yes") return [];
    const told = { tool: "Alembic", context: around.context(file), ...directOf(around, place.path) };
    return [{ ...told, place, lock: "other", profile, ...(url === undefined ? {} : { url }) }];
  });
}

/** `manage.py migrate` goes through the default entry of `DATABASES`, unless another entry leads to the same database by another way. */
function djangos(around: MigrationSurroundings, pools: readonly Pool[]): readonly Migration[] {
  const entries = pools.filter(({ driver }) => driver.name === "django");
  return entries.flatMap(({ place, name, profile, url, context }): Migration[] => {
    if (name !== "default") return [];
    const others = entries.filter((other) => other.place.path === place.path && other.name !== name);
    if (others.some((other) => isElsewhere(url, other.url))) return [];
    const told = { tool: "Django", context, ...directOf(around, place.path) };
    return [{ ...told, place, lock: "other", profile, ...(url === undefined ? {} : { url }) }];
  });
}

/** The same database by another way. */
const isElsewhere = (one: UrlFacts | undefined, other: UrlFacts | undefined): boolean =>
  one?.database === other?.database && (one?.host !== other?.host || one?.port !== other?.port);

function ofCall(
  around: MigrationSurroundings,
  each: FunctionNode,
  call: CallInstruction,
  one: DriverCall,
  effect: Migrates,
): readonly Migration[] {
  const place = { path: each.file.path, span: call.span };
  const base = { tool: one.driver.label, context: around.context(each.file), ...directOf(around, each.file.path) };
  if (effect.options === undefined) {
    const pool = around.pool(handleOf(each, call, one, effect));
    if (pool === undefined || pool.postgres !== "yes") return [];
    const { url, profile } = pool;
    return [{ ...base, place, lock: effect.lock ?? "other", profile, ...(url === undefined ? {} : { url }) }];
  }
  const options = readOptions(each, call, { does: "opens", options: effect.options }, one.driver, around.property);
  if (isForeign(one.driver, options.entries)) return [];
  const url = urlOf(around, options, each);
  if (url === undefined) return [];
  const unless = effect.lockedUnless;
  const unlocked = options.entries.some(
    ({ path, value }) => path === unless?.path && !(value.kind === "constant" && String(value.value) !== unless.value),
  );
  const entry = options.entries.findLast(({ means }) => means === "url");
  return [
    {
      ...base,
      place: entry?.place ?? place,
      lock: unlocked ? "other" : (effect.lock ?? "other"),
      url,
      profile: around.poolers.profileFor(url, each.file.path),
    },
  ];
}

function handleOf(
  each: FunctionNode,
  call: CallInstruction,
  one: DriverCall,
  { on }: Migrates,
): HandleValue | undefined {
  if (on === undefined || on === "receiver") return one.receiver;
  const register = slotRegister(call, on);
  return register === undefined ? undefined : firstHandle(each.registers[register] ?? []);
}

/** `dialect: "sqlite"`. */
const isForeign = (
  { dialect }: Driver,
  entries: readonly { readonly path: string; readonly value: unknown }[],
): boolean => {
  const value = entries.find(({ path }) => path === dialect?.option)?.value as
    | { kind: string; value?: unknown }
    | undefined;
  return value?.kind === "constant" && !dialect?.postgres.includes(String(value.value));
};

/** `prisma migrate` goes through the datasource's URL where there is no `directUrl`. */
function ofSchema(around: MigrationSurroundings, pool: Pool): readonly Migration[] {
  const { path } = pool.place;
  const text = around.snapshot.configurations.get(path) ?? "";
  if (!around.hasEngine(path) || pool.url === undefined || /^[ \t]*directUrl[ \t]*=/m.test(text)) return [];
  if (
    !manifestsAbove(around.snapshot, path).some(([, manifest]) => /\bprisma\s+(?:migrate|db\s+push)\b/.test(manifest))
  )
    return [];
  const { url, profile, context } = pool;
  return [
    { place: pool.place, tool: "Prisma Migrate", lock: "session", url, profile, context, ...directOf(around, path) },
  ];
}

/** Scripts of package.json that run node-pg-migrate, whose URL is an environment variable. */
function scripts(around: MigrationSurroundings): readonly Migration[] {
  const found: Migration[] = [];
  for (const [path, text] of around.snapshot.configurations) {
    if (!path.endsWith("/package.json") || !text.includes("node-pg-migrate")) continue;
    for (const match of text.matchAll(/"[^"\n]+"\s*:\s*"((?:[^"\\]|\\.)*\bnode-pg-migrate\b(?:[^"\\]|\\.)*)"/g)) {
      const command = match[1] ?? "";
      if (
        !/\bnode-pg-migrate\b(?:\s+\S+)*?\s+(?:up|down|redo)\b/.test(command) ||
        /--(?:no-lock|lock[= ]false)\b/.test(command)
      )
        continue;
      const end = match.index + match[0].length - 1;
      const place = { path, span: { start: end - command.length, end } };
      const url = urlOfCommand(around.poolers, command, place);
      const profile = around.poolers.profileFor(url, path);
      found.push({
        place,
        tool: "node-pg-migrate",
        lock: "session",
        url,
        profile,
        context: "application",
        ...directOf(around, path),
      });
    }
  }
  return found;
}

function urlOfCommand(poolers: Poolers, command: string, place: Migration["place"]): UrlFacts {
  const named = /(?:\s-d|--database-url-var)[\s=]+(\w+)/.exec(command)?.[1] ?? "DATABASE_URL";
  const assigned = new RegExp(`\\b${named}=(\\S+)`).exec(command)?.[1];
  const variable = assigned === undefined ? named : /^["'\\]*\$\{?(\w+)/.exec(assigned)?.[1];
  const told = variable === undefined ? undefined : poolers.urlOfEnvironment(variable, place.path);
  const name = variable === undefined ? {} : { environment: variable };
  return told ?? { place, ...name, parameters: {}, complete: false };
}

/** Names that people give to the URL past the pooler, the usual first. */
const directNames = [
  "DIRECT_URL",
  "DIRECT_DATABASE_URL",
  "DATABASE_DIRECT_URL",
  "DATABASE_URL_UNPOOLED",
  "POSTGRES_URL_NON_POOLING",
  "MIGRATION_DATABASE_URL",
];

/** The variable of the workspace that leads past the pooler. */
function directOf({ poolers }: MigrationSurroundings, from: string): Pick<Migration, "direct"> {
  const direct = directNames.find((name) => {
    const url = poolers.urlOfEnvironment(name, from);
    return url !== undefined && poolers.profileFor(url, from).direct !== undefined;
  });
  return direct === undefined ? {} : { direct };
}

/** The manifests of the folders around a file, the nearest first. */
function manifestsAbove({ configurations }: Snapshot, path: string): readonly (readonly [string, string])[] {
  return [...configurations].filter(
    ([each]) => each.endsWith("/package.json") && path.startsWith(each.slice(0, -"package.json".length)),
  );
}
