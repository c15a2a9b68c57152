import { removeStatement, replace, styleOf } from "../../core/edit.ts";
import type { Bouncer, IniEntry, PlacedEntry } from "../../core/ini.ts";
import type { Model } from "../../core/model.ts";
import type { PoolMode } from "../../core/profile.ts";
import type { Edit, Severity } from "../../core/rule.ts";
import { type Place, type Span, slice, span } from "../../core/text.ts";
import type { Version } from "../../core/version.ts";
import { defaultOf, isSectionName, type Setting, settingNamed } from "../../pgbouncer/index.ts";
import { type Parameter, readParameters } from "../../pgbouncer/parameters.ts";
import { isFilledIn, readInteger, readSeconds } from "../../pgbouncer/values.ts";

/** An entry with the configuration that it is part of. */
export interface EntryOf {
  readonly bouncer: Bouncer;
  readonly placed: PlacedEntry;
}

/** Every entry of every configuration; one that several include comes once. */
export function* entriesOf(model: Model): Generator<EntryOf> {
  const seen = new Set<string>();
  for (const bouncer of model.bouncers)
    for (const placed of bouncer.entries) {
      const at = `${placed.path}:${placed.entry.keySpan.start}`;
      if (!seen.has(at)) yield { bouncer, placed };
      seen.add(at);
    }
}

/** Entries of [pgbouncer] that are settings which some version knows, with a value that stands in the file as PgBouncer reads it. */
export function* settingsOf(model: Model): Generator<EntryOf & { readonly setting: Setting }> {
  for (const { bouncer, placed } of entriesOf(model)) {
    const setting = placed.section === "pgbouncer" ? settingNamed("pgbouncer", placed.entry.key) : undefined;
    if (setting && !isFilledIn(placed.entry.value)) yield { bouncer, placed, setting };
  }
}

/** A parameter of an entry in [databases], [users] or [peers]. */
export interface ParameterOf extends EntryOf {
  readonly section: "databases" | "users" | "peers";
  readonly parameter: Parameter;
}

/** Parameters of all entries outside [pgbouncer]; entries with values that are filled in later are left out. */
export function* parametersOf(model: Model): Generator<ParameterOf> {
  for (const { bouncer, placed } of entriesOf(model)) {
    const { section, entry } = placed;
    if (section === undefined || !isSectionName(section) || section === "pgbouncer") continue;
    for (const parameter of parametersIn(entry).entries)
      if (!isFilledIn(parameter.key) && !isFilledIn(parameter.value)) yield { bouncer, placed, section, parameter };
  }
}

export const parametersIn = (entry: IniEntry): ReturnType<typeof readParameters> =>
  readParameters(entry.value, entry.valueSpan.start);

/** The [databases] of one configuration, with their parameters; a name that is set again counts once. */
export function databasesOf(
  bouncer: Bouncer,
): readonly { readonly placed: PlacedEntry; readonly parameters: ReadonlyMap<string, Parameter> }[] {
  const byName = new Map(
    bouncer.entries.filter(({ section }) => section === "databases").map((placed) => [placed.entry.key, placed]),
  );
  return [...byName.values()].map((placed) => ({
    placed,
    parameters: new Map(parametersIn(placed.entry).entries.map((parameter) => [parameter.key, parameter])),
  }));
}

export const versionOf = ({ version }: Bouncer): Version | undefined => version?.value;

/** What counts for a setting: what the file says, else the default; undefined where that is not known. */
export function valueIn(bouncer: Bouncer, name: string): string | undefined {
  const placed = bouncer.settings.get(name);
  if (placed) return isFilledIn(placed.entry.value) ? undefined : placed.entry.value;
  const setting = settingNamed("pgbouncer", name);
  return setting && isUnset(bouncer, name) ? defaultOf(setting, versionOf(bouncer)) : undefined;
}

/** The whole configuration is in sight, and does not have the setting. */
export const isUnset = (bouncer: Bouncer, name: string): boolean =>
  bouncer.complete && !bouncer.template && bouncer.role === "main" && !bouncer.settings.has(name);

/** A number of [pgbouncer], in the setting's own unit. */
export function numberIn(bouncer: Bouncer, name: string): number | undefined {
  const value = valueIn(bouncer, name);
  if (value === undefined) return undefined;
  return settingNamed("pgbouncer", name)?.type === "seconds" ? readSeconds(value) : readInteger(value);
}

/** The pool modes in which some database or user is pooled; undefined where the general one is not known. */
export function modesOf(bouncer: Bouncer): ReadonlySet<PoolMode> | undefined {
  const general = valueIn(bouncer, "pool_mode");
  if (general === undefined) return undefined;
  const own = bouncer.entries
    .filter(({ section }) => section === "databases" || section === "users")
    .map(({ entry }) => parametersIn(entry).entries.findLast(({ key }) => key === "pool_mode")?.value);
  const everyDatabaseHasOwn =
    databasesOf(bouncer).length > 0 && databasesOf(bouncer).every(({ parameters }) => parameters.has("pool_mode"));
  const all = [...(everyDatabaseHasOwn ? [] : [general]), ...own.filter((each) => each !== undefined)];
  const modes = all.map((mode) => mode.toLowerCase()).filter(isMode);
  return modes.length === 0 ? undefined : new Set(modes);
}

const isMode = (text: string): text is PoolMode => text === "session" || text === "transaction" || text === "statement";

/** Some database shares its server connections between clients. */
export const sharesServersIn = (bouncer: Bouncer): boolean => {
  const modes = modesOf(bouncer);
  return modes !== undefined && (modes.has("transaction") || modes.has("statement"));
};

/** The mode that shares servers, for messages. */
export const sharingMode = (bouncer: Bouncer): string =>
  modesOf(bouncer)?.has("transaction") ? "transaction" : "statement";

/** Pools of the workspace's applications that go through it. */
export const poolsOf = (bouncer: Bouncer): Bouncer["pools"] =>
  bouncer.pools.filter(({ context }) => context === "application");

/** What matters to code that can be seen has its own severity; a configuration alone only hints. */
export const whereUsed = (bouncer: Bouncer, severity: Severity): Severity =>
  poolsOf(bouncer).length > 0 ? severity : "hint";

/** The value, or the whole entry where it has none. */
export const placeOfValue = ({ path, entry }: PlacedEntry): Place => ({
  path,
  span: entry.value === "" ? wholeOf(entry) : entry.valueSpan,
});

export const placeOfKey = ({ path, entry }: PlacedEntry): Place => ({
  path,
  span: entry.key === "" ? wholeOf(entry) : entry.keySpan,
});

/** Key and value. */
export const placeOfEntry = ({ path, entry }: PlacedEntry): Place => ({ path, span: wholeOf(entry) });

export const wholeOf = ({ keySpan, valueSpan }: IniEntry): Span => span(keySpan.start, valueSpan.end);

/** Where a missing setting is told: the last [pgbouncer] header, which is the one that counts; else the start of the file. */
export function headerOf({ path, files }: Bouncer): Place {
  const own = files.find((file) => file.path === path) ?? files[0];
  const holding = own && hasHeader(own) ? own : (files.find(hasHeader) ?? own);
  const header = holding?.ini.sections.findLast(({ name }) => name === "pgbouncer") ?? holding?.ini.sections[0];
  return { path: holding?.path ?? path, span: header?.headerSpan ?? span(0, 0) };
}

const hasHeader = ({ ini }: Bouncer["files"][number]): boolean => ini.sections.some(({ name }) => name === "pgbouncer");

/** Edits that give an entry another value. */
export const setValue = (model: Model, { path, entry }: PlacedEntry, value: string): Edit[] => {
  const needsSpace = entry.value === "" && /\s=$/.test(slice(model.text(path), wholeOf(entry)));
  return [replace({ path, text: model.text(path) }, entry.valueSpan, needsSpace ? ` ${value}` : value)];
};

/** Edits that take the entry's line out. */
export const removeEntry = (model: Model, { path, entry }: PlacedEntry): Edit[] => [
  removeStatement({ path, text: model.text(path) }, wholeOf(entry)),
];

/** Edits that write a setting behind the last one of [pgbouncer], in the style of the lines there. */
export function addSetting(model: Model, bouncer: Bouncer, name: string, value: string): Edit[] {
  const { path, span: header } = headerOf(bouncer);
  const text = model.text(path);
  const entries = bouncer.entries.filter((placed) => placed.path === path && placed.section === "pgbouncer");
  const last = entries.at(-1)?.entry;
  const own = last && last.keySpan.start > header.start ? last : undefined;
  const at = own?.valueSpan.end ?? header.end;
  const lineEnd = /[^\n]*?(?=\r?\n|$)/.exec(text.slice(at))?.[0].length ?? 0;
  const equals = own ? text.slice(own.keySpan.end, own.valueSpan.start).trimEnd() : " =";
  const gap = equals.startsWith(" ") || equals.startsWith("\t") ? " = " : "=";
  return [replace({ path, text }, span(at + lineEnd, at + lineEnd), `${styleOf(text).newline}${name}${gap}${value}`)];
}
