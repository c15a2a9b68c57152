import type { IniEntry, PlacedEntry } from "../core/ini.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { type Configuration, readConfigurations } from "../pgbouncer/configurations.ts";
import { readParameters } from "../pgbouncer/parameters.ts";
import { type Spot, spotAt, stated } from "./evidence.ts";
import type { FoundPooler, FoundUser } from "./found.ts";
import { type ProfilePart, readDefault, readOwnSetting, readSetting } from "./settings.ts";
import { userDigest } from "./user.ts";

/** Every PgBouncer that an ini file of the workspace configures, its includes read in place. A file with the header alone counts: everything is default. */
export const poolersOfIniFiles = (snapshot: Snapshot): readonly FoundPooler[] =>
  readConfigurations(snapshot)
    .filter(({ files }) => files.some(({ ini }) => ini.sections.some(({ name }) => name === "pgbouncer")))
    .map((configuration) => poolerOf(snapshot, configuration));

const poolerOf = (snapshot: Snapshot, { path, files, entries, settings }: Configuration): FoundPooler => {
  const text = snapshot.configurations.get(path) ?? "";
  const own = files.find((file) => file.path === path)?.ini.sections.findLast(({ name }) => name === "pgbouncer");
  const spot = spotAt(snapshot, path, text, own?.headerSpan ?? { start: 0, end: 0 });
  let part: ProfilePart = {};
  for (const { entry, path: file } of settings.values())
    part = { ...part, ...readSetting(entry.key, entry.value, spotOf(snapshot, file, entry)) };
  const port = Number(settings.get("listen_port")?.entry.value ?? 6432);
  return {
    path,
    source: "ini",
    part: { ...unsetDefaults(spot, settings), ...part, kind: stated("pgbouncer", spot, "[pgbouncer]") },
    hosts: [],
    ports: Number.isInteger(port) ? [port] : [],
    databases: databasesOf(snapshot, entries),
    users: usersOf(snapshot, entries),
    settingsElsewhere: false,
  };
};

const spotOf = (snapshot: Snapshot, path: string, { keySpan, valueSpan }: IniEntry): Spot =>
  spotAt(snapshot, path, snapshot.configurations.get(path) ?? "", { start: keySpan.start, end: valueSpan.end });

/** What PgBouncer does where the file says nothing is as sure as what the file says, as far as it is the same in every version. */
const sureUnset = [
  "pool_mode",
  "ignore_startup_parameters",
  "default_pool_size",
  "max_client_conn",
  "query_wait_timeout",
];

const unsetDefaults = (spot: Spot, settings: Configuration["settings"]): ProfilePart =>
  Object.assign({}, ...sureUnset.filter((name) => !settings.has(name)).map((name) => readDefault(name, spot)));

/** Settings alone: hosts, users and passwords of the entries are left where they are. */
const databasesOf = (snapshot: Snapshot, entries: readonly PlacedEntry[]): ReadonlyMap<string, ProfilePart> =>
  new Map(
    entries
      .filter(({ section }) => section === "databases")
      .map(({ entry, path }) => [entry.key, ownPart(snapshot, path, entry, `[databases] ${entry.key}`)]),
  );

const usersOf = (snapshot: Snapshot, entries: readonly PlacedEntry[]): readonly FoundUser[] =>
  entries
    .filter(({ section }) => section === "users")
    .map(({ entry, path }) => ({ user: userDigest(entry.key), part: ownPart(snapshot, path, entry, "[users]") }));

const ownPart = (snapshot: Snapshot, path: string, entry: IniEntry, owner: string): ProfilePart => {
  const text = snapshot.configurations.get(path) ?? "";
  let part: ProfilePart = {};
  for (const { key, value, keySpan, valueSpan } of readParameters(entry.value, entry.valueSpan.start).entries) {
    const spot = spotAt(snapshot, path, text, { start: keySpan.start, end: valueSpan.end });
    part = { ...part, ...readOwnSetting(key, value, spot, owner) };
  }
  return part;
};
