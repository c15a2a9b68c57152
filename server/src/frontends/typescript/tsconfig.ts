import { posix } from "node:path";
import { asObject, asText, type Json, readJson, textsOf } from "./json.ts";

/** How a configuration maps module names to files. */
export interface PathMapping {
  /** Absolute folder that names without a dot are looked up in; undefined where there is none. */
  readonly baseUrl?: string;
  readonly paths: readonly { readonly pattern: string; readonly targets: readonly string[] }[];
}

/** What a tsconfig says, with all that it extends. Targets are absolute. A file that cannot be read as JSON counts as far as it can. */
export function readMapping(configurations: ReadonlyMap<string, string>, path: string): PathMapping {
  return read(configurations, path, new Set());
}

function read(configurations: ReadonlyMap<string, string>, path: string, seen: Set<string>): PathMapping {
  const text = configurations.get(path);
  if (text === undefined || seen.has(path)) return { paths: [] };
  seen.add(path);
  const config = asObject(readJson(path, text));
  const folder = posix.dirname(path);
  const options = asObject(config.compilerOptions);
  const own = ownMapping(folder, options);
  let inherited: PathMapping = { paths: [] };
  for (const base of textsOf(config.extends)) {
    const file = extended(configurations, folder, base);
    if (!file) continue;
    const mapping = read(configurations, file, seen);
    const baseUrl = mapping.baseUrl ?? inherited.baseUrl;
    inherited = {
      ...(baseUrl !== undefined && { baseUrl }),
      paths: mapping.paths.length > 0 ? mapping.paths : inherited.paths,
    };
  }
  const baseUrl = own.baseUrl ?? inherited.baseUrl;
  const paths = own.paths.length > 0 ? own.paths : inherited.paths;
  if (paths.length > 0 || baseUrl !== undefined) return { ...(baseUrl !== undefined && { baseUrl }), paths };
  return referenced(configurations, folder, config.references, seen);
}

function ownMapping(folder: string, options: Readonly<Record<string, Json>>): PathMapping {
  const inFolder = (target: string) => posix.join(target.replace(/^\$\{configDir\}/, folder));
  const absolute = (base: string, target: string) =>
    posix.isAbsolute(inFolder(target)) ? inFolder(target) : posix.join(base, target);
  const written = asText(options.baseUrl);
  const baseUrl = written === undefined ? undefined : absolute(folder, written);
  const paths = Object.entries(asObject(options.paths)).map(([pattern, targets]) => ({
    pattern,
    targets: textsOf(targets).map((target) => absolute(baseUrl ?? folder, target)),
  }));
  return { ...(baseUrl !== undefined && { baseUrl }), paths };
}

/** A solution's configuration holds no mapping itself; the projects that it refers to do. */
function referenced(
  configurations: ReadonlyMap<string, string>,
  folder: string,
  references: Json,
  seen: Set<string>,
): PathMapping {
  const paths: PathMapping["paths"][number][] = [];
  let baseUrl: string | undefined;
  for (const reference of Array.isArray(references) ? references : []) {
    const target = asText(asObject(reference).path);
    if (target === undefined) continue;
    const file = posix.join(folder, target);
    // A reference to a folder of its own speaks for the files in that folder.
    if (posix.dirname(file) !== folder || !file.endsWith(".json")) continue;
    const mapping = read(configurations, file, seen);
    paths.push(...mapping.paths);
    baseUrl ??= mapping.baseUrl;
  }
  return { ...(baseUrl !== undefined && { baseUrl }), paths };
}

/** Packages of shared configurations that are no part of the workspace are passed over. */
function extended(configurations: ReadonlyMap<string, string>, folder: string, base: string): string | undefined {
  const isPath = base.startsWith(".") || posix.isAbsolute(base);
  const candidates = isPath
    ? [posix.isAbsolute(base) ? base : posix.join(folder, base)]
    : inPackages(configurations, base);
  for (const candidate of candidates) {
    for (const file of [candidate, `${candidate}.json`, posix.join(candidate, "tsconfig.json")])
      if (configurations.has(file)) return file;
  }
  return undefined;
}

/** `@acme/tsconfig/base.json`: a package of the workspace. */
function inPackages(configurations: ReadonlyMap<string, string>, base: string): readonly string[] {
  const found: string[] = [];
  for (const [path, text] of configurations) {
    if (!path.endsWith("/package.json")) continue;
    const name = /"name"\s*:\s*"([^"\\]+)"/.exec(text)?.[1];
    if (name !== undefined && (base === name || base.startsWith(`${name}/`)))
      found.push(posix.join(posix.dirname(path), base.slice(name.length)));
  }
  return found;
}
