import type { Driver, OptionDescriptor } from "../core/driver.ts";
import type { Known, Option, PoolOptions, StartupParameter, UrlFacts } from "../core/model.ts";
import type { Place } from "../core/text.ts";
import type { Pieces } from "./text.ts";

/** What a pool is opened with. */
export interface StartupSources {
  readonly driver: Driver;
  readonly options: PoolOptions;
  readonly url: UrlFacts | undefined;
  /** What the workspace says of an environment variable. */
  readonly environment: (name: string) => UrlFacts | undefined;
  /** The call that opens it. */
  readonly place: Place;
}

/** Every parameter that is in the startup message of a pool's connections, as far as the code shows, besides user, database and name. */
export function startupOf(sources: StartupSources): readonly StartupParameter[] {
  return [...fromOptions(sources), ...fromUrl(sources), ...fromEnvironment(sources), ...byDefault(sources)];
}

function* fromOptions({ driver, options }: StartupSources): Generator<StartupParameter> {
  const last = new Map(options.entries.map((option) => [option.path, option]));
  for (const option of last.values()) {
    if (option.conditional) continue;
    const descriptor = Object.hasOwn(driver.options, option.path) ? driver.options[option.path] : undefined;
    const key = bagKey(driver, option.path);
    const sent = sentValue(option.value, descriptor);
    if (sent === undefined) continue;
    const told = {
      from: "option",
      spelt: option.path,
      place: option.place,
      option,
      ...(option.value.kind === "unknown" ? { uncertain: true as const } : {}),
    } as const;
    if (descriptor?.means === "startup options" || (descriptor === undefined && key === "options"))
      yield* inOptions(piecesOf(option.value), told);
    else if (descriptor?.means === "startup parameter")
      yield { name: descriptor.parameter ?? option.path, sentAs: "parameter", ...told, ...withUnit(sent, descriptor) };
    else if (descriptor === undefined && key !== undefined)
      yield { name: key, sentAs: "parameter", ...told, ...withUnit(sent, undefined) };
  }
}

/** The name of a parameter in an option that is a bag of them: `connection.search_path`. */
function bagKey(driver: Driver, path: string): string | undefined {
  const bag = driver.startupBags?.find((one) => one !== "?" && path.startsWith(`${one}.`));
  const key = bag === undefined ? undefined : path.slice(bag.length + 1);
  return key?.includes(".") ? undefined : key;
}

function* fromUrl({ driver, url }: StartupSources): Generator<StartupParameter> {
  if (url === undefined) return;
  const open = driver.startupBags?.includes("?") === true;
  const known = driver.urlParameters ?? {};
  for (const [name, value] of Object.entries(url.parameters)) {
    const descriptor = Object.hasOwn(known, name) ? known[name] : undefined;
    const told = { from: "url", spelt: name, place: url.literal ?? url.place } as const;
    if (value === "") continue;
    if (descriptor?.means === "startup options" || (open && name === "options")) yield* inOptions([value], told);
    else if (descriptor?.means === "startup parameter")
      yield { name: descriptor.parameter ?? name, sentAs: "parameter", value, ...told };
    // Anything else that stands there is no parameter, and may be a piece of a secret.
    else if (descriptor === undefined && open && /^[a-z_][\w.]*$/i.test(name))
      yield { name, sentAs: "parameter", value, ...told };
  }
}

function* fromEnvironment({ driver, environment }: StartupSources): Generator<StartupParameter> {
  for (const [name, { means }] of Object.entries(driver.environmentVariables ?? {})) {
    const told = environment(name);
    const text = told?.parameters.options;
    if (means === "startup options" && told !== undefined && text !== undefined)
      yield* inOptions([text], { from: "environment", spelt: name, place: told.place });
  }
}

/** What the library sends unless an option says otherwise. */
function* byDefault({ driver, options, place }: StartupSources): Generator<StartupParameter> {
  if (!options.complete) return;
  for (const [path, value] of Object.entries(driver.startupDefaults ?? {})) {
    const descriptor = driver.options[path];
    if (descriptor === undefined || options.entries.some((option) => option.path === path && !isNothing(option.value)))
      continue;
    const name = descriptor.parameter ?? path;
    yield { name, sentAs: "parameter", from: "default", spelt: path, place, ...withUnit(String(value), descriptor) };
  }
}

const isNothing = (value: Known): boolean => value.kind === "constant" && value.value === undefined;

type Told = Pick<StartupParameter, "from" | "spelt" | "place"> & { readonly option?: Option };

/** `-c name=value`, `--name=value`. What is neither (Neon's `endpoint=…`) speaks to somebody else. */
function* inOptions(pieces: Pieces, told: Told): Generator<StartupParameter> {
  const text = pieces.map((piece) => piece ?? hole).join("");
  for (const { groups } of text.matchAll(setting)) {
    const value = groups?.value?.replaceAll(/\\(.)/g, "$1");
    const known = value !== undefined && !value.includes(hole);
    yield { name: groups?.name ?? "", sentAs: "options", ...told, ...(known ? { value } : {}) };
  }
}

const hole = "\uE000";
const setting = /(?:^|\s)(?:-c\s*|--)(?<name>[\w.-]+)=(?<value>(?:\\.|[^\s\\])*)/g;

const piecesOf = (value: Known): Pieces =>
  value.kind === "constant" && typeof value.value === "string"
    ? [value.value]
    : value.kind === "text"
      ? value.pieces
      : [];

/** The value that is sent, empty where it is not known; undefined where nothing is sent, or where somebody decides between that and a value. */
function sentValue(value: Known, descriptor: OptionDescriptor | undefined): string | undefined {
  switch (value.kind) {
    case "constant": {
      const constant = value.value;
      // Both pg and postgres.js leave out what is falsy.
      if (!constant || descriptor?.off?.some((off) => off === constant)) return undefined;
      return String(constant);
    }
    case "text": {
      const [only] = value.pieces;
      return value.pieces.length === 1 ? (only ?? "") : "";
    }
    case "environment":
      return value.fallback === undefined || sentValue(value.fallback, descriptor) === undefined ? undefined : "";
    case "either":
      return value.of.every((one) => sentValue(one, descriptor) !== undefined) ? "" : undefined;
    case "unknown":
      return "";
    default:
      return undefined;
  }
}

function withUnit(value: string, descriptor: OptionDescriptor | undefined): { readonly value?: string } {
  if (value === "") return {};
  const { unit } = descriptor ?? {};
  return { value: unit !== undefined && /^\d+$/.test(value) ? `${value}${unit}` : value };
}
