import type { Snapshot } from "../core/snapshot.ts";
import { readConninfo } from "./conninfo.ts";
import { type Spot, spotAt, stated } from "./evidence.ts";
import type { FoundDatabase, FoundPooler } from "./found.ts";
import { type IniEntry, type IniFile, readIni } from "./ini.ts";
import { isPoolMode } from "./modes.ts";
import { constantDefaults } from "./pgbouncer-versions.ts";
import { type ProfilePart, readSetting } from "./settings.ts";

/** An entry with the file that holds it, which `%include` may have brought in. */
interface PlacedEntry {
  readonly section: string | undefined;
  readonly entry: IniEntry;
  readonly path: string;
  readonly text: string;
}

/** Every PgBouncer that an ini file of the workspace configures: files with a [pgbouncer] section, their includes read in place. */
export const poolersOfIniFiles = (snapshot: Snapshot): readonly FoundPooler[] => {
  const inis = [...snapshot.configurations].filter(([path]) => /\.ini$/i.test(path));
  const included = new Set<string>();
  const files = inis.map(([path, text]) => ({ path, text, ...flatten(snapshot, path, text, included, 0, undefined) }));
  return files
    .filter(({ path, text, entries }) => !included.has(path) && configuresPooler(text, entries))
    .map(({ path, text, entries }) => poolerOf(snapshot, path, text, entries));
};

/** A file with the header alone counts: everything in it is PgBouncer's default. */
const configuresPooler = (text: string, entries: readonly PlacedEntry[]): boolean =>
  entries.some(({ section }) => section === "pgbouncer") ||
  readIni(text).sections.some(({ name }) => name === "pgbouncer");

/** PgBouncer stops at this depth too. */
const deepestInclude = 10;

interface Flat {
  readonly entries: readonly PlacedEntry[];
  /** The section that is open at the end. */
  readonly section: string | undefined;
}

/** Entries in the order in which PgBouncer meets them; `opened`: the section in which the file is included. */
const flatten = (
  snapshot: Snapshot,
  path: string,
  text: string,
  included: Set<string>,
  depth: number,
  opened: string | undefined,
): Flat => {
  const entries: PlacedEntry[] = [];
  let section = opened;
  for (const step of stepsOf(readIni(text))) {
    if (step.kind === "header") section = step.name;
    else if (step.kind === "entry") entries.push({ section, entry: step.entry, path, text });
    else if (depth < deepestInclude) {
      const brought = include(snapshot, path, step.file, section, included, depth);
      entries.push(...brought.entries);
      // A section that the included file opened stays open behind it (seen with 1.18).
      section = brought.section;
    }
  }
  return { entries, section };
};

type Step =
  | { readonly kind: "header"; readonly at: number; readonly name: string }
  | { readonly kind: "entry"; readonly at: number; readonly entry: IniEntry }
  | { readonly kind: "include"; readonly at: number; readonly file: string };

const stepsOf = ({ sections, loose, includes }: IniFile): readonly Step[] =>
  [
    ...sections.map(({ name, headerSpan }): Step => ({ kind: "header", at: headerSpan.start, name })),
    ...[...loose, ...sections.flatMap(({ entries }) => entries)].map(
      (entry): Step => ({ kind: "entry", at: entry.keySpan.start, entry }),
    ),
    ...includes.map(({ file, span }): Step => ({ kind: "include", at: span.start, file })),
  ].sort((a, b) => a.at - b.at);

const include = (
  snapshot: Snapshot,
  from: string,
  name: string,
  section: string | undefined,
  included: Set<string>,
  depth: number,
): Flat => {
  const path = includedPath(snapshot, from, name);
  const text = path === undefined ? undefined : snapshot.configurations.get(path);
  if (path === undefined || text === undefined || path === from) return { entries: [], section };
  included.add(path);
  return flatten(snapshot, path, text, included, depth + 1, section);
};

/** PgBouncer looks from its working directory, which is not known: beside the file first, then any file of that name. */
const includedPath = (snapshot: Snapshot, from: string, name: string): string | undefined => {
  const folder = from.slice(0, from.lastIndexOf("/") + 1);
  const relative = name.replace(/^\.\//, "");
  const beside = [folder + relative, ...snapshot.roots.map((root) => `${root}/${relative}`)];
  const exact = beside.find((path) => snapshot.configurations.has(path));
  if (exact !== undefined) return exact;
  const last = `/${name.slice(name.lastIndexOf("/") + 1)}`;
  const same = [...snapshot.configurations.keys()].filter((path) => path.endsWith(last));
  return same.length === 1 ? same[0] : undefined;
};

const poolerOf = (snapshot: Snapshot, path: string, text: string, entries: readonly PlacedEntry[]): FoundPooler => {
  const header = readIni(text).sections.find(({ name }) => name === "pgbouncer")?.headerSpan ?? { start: 0, end: 0 };
  const spot = spotAt(snapshot, path, text, header);
  const settings = entries.filter(({ section }) => section === "pgbouncer");
  let part: ProfilePart = {};
  for (const { entry, ...file } of settings)
    part = { ...part, ...readSetting(entry.key, entry.value, spotOf(snapshot, file, entry)) };
  const port = Number(settings.findLast(({ entry }) => entry.key === "listen_port")?.entry.value ?? 6432);
  return {
    path,
    source: "ini",
    part: { ...unsetDefaults(spot, settings), ...part, kind: stated("pgbouncer", spot, "[pgbouncer]") },
    hosts: [],
    ports: Number.isInteger(port) ? [port] : [],
    databases: databasesOf(snapshot, entries),
    settingsElsewhere: false,
  };
};

const spotOf = (
  snapshot: Snapshot,
  { path, text }: { readonly path: string; readonly text: string },
  { keySpan, valueSpan }: IniEntry,
): Spot => spotAt(snapshot, path, text, { start: keySpan.start, end: valueSpan.end });

/** What PgBouncer does where the file says nothing is as sure as what the file says, as far as it is the same in every version. */
const unsetDefaults = (spot: Spot, settings: readonly PlacedEntry[]): ProfilePart => {
  const sets = (key: string): boolean => settings.some(({ entry }) => entry.key === key);
  return {
    ...(sets("pool_mode") ? {} : { mode: stated(constantDefaults.poolMode, spot, "sets no pool_mode: session") }),
    ...(sets("ignore_startup_parameters")
      ? {}
      : { ignoreStartupParameters: stated<readonly string[]>([], spot, "sets no ignore_startup_parameters") }),
    ...(sets("default_pool_size")
      ? {}
      : { defaultPoolSize: stated(constantDefaults.defaultPoolSize, spot, "sets no default_pool_size: 20") }),
    ...(sets("max_client_conn")
      ? {}
      : { maxClientConnections: stated(constantDefaults.maxClientConnections, spot, "sets no max_client_conn: 100") }),
    ...(sets("query_wait_timeout")
      ? {}
      : { queryWaitTimeout: stated(constantDefaults.queryWaitTimeout, spot, "sets no query_wait_timeout: 120") }),
  };
};

/** Modes and sizes alone: users and passwords of the entries are left where they are. */
const databasesOf = (snapshot: Snapshot, entries: readonly PlacedEntry[]): ReadonlyMap<string, FoundDatabase> => {
  const databases = new Map<string, FoundDatabase>();
  for (const { section, entry, ...file } of entries) {
    if (section !== "databases") continue;
    let database: FoundDatabase = {};
    for (const { key, value, keySpan, valueSpan } of readConninfo(entry.value, entry.valueSpan.start).entries) {
      const spot = spotAt(snapshot, file.path, file.text, { start: keySpan.start, end: valueSpan.end });
      const spelt = value.toLowerCase();
      if (key === "pool_mode" && isPoolMode(spelt))
        database = { ...database, mode: stated(spelt, spot, `[databases] ${entry.key} pool_mode=${value}`) };
      if (key === "pool_size" && /^\d+$/.test(value))
        database = {
          ...database,
          poolSize: stated(Number(value), spot, `[databases] ${entry.key} pool_size=${value}`),
        };
    }
    databases.set(entry.key, database);
  }
  return databases;
};
