import { posix } from "node:path";
import type { Snapshot } from "../../core/snapshot.ts";
import { targetsOf } from "./exports-map.ts";
import { findFile, findSource } from "./files.ts";
import { asText } from "./json.ts";
import { type Manifest, Manifests } from "./manifests.ts";
import { type PathMapping, readMapping } from "./tsconfig.ts";

/** `package`: something that is not part of the workspace, by its name without a subpath. `missing`: nothing that could be there. */
export type Resolution =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "package"; readonly name: string }
  | { readonly kind: "missing" };

/** Answers which file of the snapshot, or which package, a module specifier means in a file. Every answer is kept. */
export function createResolver(snapshot: Snapshot): (from: string, specifier: string) => Resolution {
  const resolver = new Resolver(snapshot);
  const folders = new Map<string, Map<string, Resolution>>();
  /** Files of one folder have the same answers. */
  const files = new Map<string, Map<string, Resolution>>();
  const answersIn = (folder: string): Map<string, Resolution> => {
    const known = folders.get(folder) ?? new Map<string, Resolution>();
    folders.set(folder, known);
    return known;
  };
  return (from, specifier) => {
    let answers = files.get(from);
    if (!answers) {
      answers = answersIn(posix.dirname(from));
      files.set(from, answers);
    }
    let answer = answers.get(specifier);
    if (!answer) {
      answer = resolver.resolve(posix.dirname(from), specifier);
      answers.set(specifier, answer);
    }
    return answer;
  };
}

const missing: Resolution = { kind: "missing" };

class Resolver {
  readonly #exists: (path: string) => boolean;
  readonly #configurations: ReadonlyMap<string, string>;
  readonly #manifests: Manifests;
  readonly #mappings = new Map<string, PathMapping | undefined>();

  constructor(snapshot: Snapshot) {
    this.#exists = (path) => snapshot.exists(path);
    this.#configurations = snapshot.configurations;
    this.#manifests = manifestsOf(snapshot.configurations);
  }

  resolve(folder: string, specifier: string): Resolution {
    if (specifier === "") return missing;
    if (/^\.{0,2}\//.test(specifier) || specifier === "." || specifier === "..") {
      const target = specifier.startsWith("/") ? specifier : posix.join(folder, specifier);
      return file(findFile(this.#exists, target) ?? this.#built(target));
    }
    const path =
      this.#mapped(folder, specifier) ?? this.#inWorkspace(folder, specifier) ?? this.#byHabit(folder, specifier);
    if (path !== undefined) return file(path);
    return /^[#~]|^@\//.test(specifier) ? missing : { kind: "package", name: packageName(specifier) };
  }

  /** `../dist/index.js`: what a build leaves stands for its source. */
  #built(target: string): string | undefined {
    const own = this.#manifests.nearest(posix.dirname(target));
    return own && findSource(this.#exists, own.folder, posix.relative(own.folder, target));
  }

  /** By `paths` and `baseUrl` of the nearest tsconfig. */
  #mapped(folder: string, specifier: string): string | undefined {
    const mapping = this.#mapping(folder);
    if (!mapping) return undefined;
    const match = bestPattern(mapping, specifier);
    for (const target of match ?? []) {
      const found = findFile(this.#exists, target);
      if (found) return found;
    }
    return mapping.baseUrl === undefined ? undefined : findFile(this.#exists, posix.join(mapping.baseUrl, specifier));
  }

  #mapping(folder: string): PathMapping | undefined {
    if (this.#mappings.has(folder)) return this.#mappings.get(folder);
    const own = ["tsconfig.json", "jsconfig.json"]
      .map((name) => posix.join(folder, name))
      .find((path) => this.#configurations.has(path));
    const parent = posix.dirname(folder);
    const mapping = own
      ? readMapping(this.#configurations, own)
      : parent === folder
        ? undefined
        : this.#mapping(parent);
    this.#mappings.set(folder, mapping);
    return mapping;
  }

  /** `#internal`, the package itself, and the other packages of the workspace. */
  #inWorkspace(folder: string, specifier: string): string | undefined {
    if (specifier.startsWith("#")) {
      const own = this.#manifests.nearest(folder);
      return own && this.#firstTarget(folder, own, targetsOf(own.content.imports, specifier));
    }
    const name = packageName(specifier);
    const manifest = this.#manifests.named(name, folder);
    return manifest && this.#inPackage(folder, manifest, specifier.slice(name.length + 1));
  }

  #inPackage(from: string, manifest: Manifest, subpath: string): string | undefined {
    const { folder, content } = manifest;
    if (content.exports !== undefined) {
      const found = this.#firstTarget(
        from,
        manifest,
        targetsOf(content.exports, subpath === "" ? "." : `./${subpath}`),
      );
      if (found) return found;
    }
    const targets = subpath !== "" ? [subpath, `src/${subpath}`] : mainFields.map((field) => asText(content[field]));
    for (const target of [...targets, ...(subpath === "" ? ["src/index", "index", "src/main"] : [])]) {
      const found = target === undefined ? undefined : findSource(this.#exists, folder, target);
      if (found) return found;
    }
    return undefined;
  }

  /** `imports` may lead on to another package. */
  #firstTarget(from: string, manifest: Manifest, targets: readonly string[]): string | undefined {
    for (const target of targets) {
      const isPath = target.startsWith("./");
      const found = isPath ? findSource(this.#exists, manifest.folder, target) : this.#inWorkspaceOnce(from, target);
      if (found) return found;
    }
    return undefined;
  }

  #inWorkspaceOnce(folder: string, specifier: string): string | undefined {
    return specifier.startsWith("#") || specifier.startsWith(".") ? undefined : this.#inWorkspace(folder, specifier);
  }

  /** `@/x`, `~/x` and `src/x` mean the package's sources in most bundlers, wherever that is configured. */
  #byHabit(folder: string, specifier: string): string | undefined {
    const match = /^(?:[@~]\/|(src\/))(.*)$/.exec(specifier);
    const own = match && this.#manifests.nearest(folder);
    if (!own) return undefined;
    const [, source, rest = ""] = match;
    const places = source ? [`src/${rest}`] : [`src/${rest}`, rest, `app/${rest}`];
    for (const place of places) {
      const found = findFile(this.#exists, posix.join(own.folder, place));
      if (found) return found;
    }
    return undefined;
  }
}

const mainFields = ["source", "module", "main", "types", "typings"];

const file = (path: string | undefined): Resolution => (path === undefined ? missing : { kind: "file", path });

/** `@scope/name` or `name`; `node:fs` is a name of its own. */
function packageName(specifier: string): string {
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : parts[0]!;
}

/** The targets of the pattern that fits best: the exact one, then the one with the longest part before the star. */
function bestPattern({ paths }: PathMapping, specifier: string): readonly string[] | undefined {
  let best: { readonly length: number; readonly targets: readonly string[] } | undefined;
  for (const { pattern, targets } of paths) {
    if (pattern === specifier) return targets;
    const star = pattern.indexOf("*");
    if (star < 0 || specifier.length < pattern.length - 1) continue;
    const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
    if (!specifier.startsWith(before) || !specifier.endsWith(after) || (best && best.length >= star)) continue;
    const middle = specifier.slice(star, specifier.length - after.length);
    best = { length: star, targets: targets.map((target) => target.replace("*", middle)) };
  }
  return best?.targets;
}

/** The last manifests: configurations seldom change from one snapshot to the next. */
let last: { readonly configurations: ReadonlyMap<string, string>; readonly manifests: Manifests } | undefined;

function manifestsOf(configurations: ReadonlyMap<string, string>): Manifests {
  if (!last || !isSame(last.configurations, configurations))
    last = { configurations, manifests: new Manifests(configurations) };
  return last.manifests;
}

function isSame(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [path, text] of a) if (b.get(path) !== text) return false;
  return true;
}
