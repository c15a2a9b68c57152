import { readFileSync, statSync } from "node:fs";
import { resolve, sep } from "node:path";
import { setImmediate } from "node:timers/promises";
import {
  type ConfigurationProblem,
  configurationName,
  mergeSettings,
  type PartialSettings,
  readConfiguration,
} from "./config.ts";
import { defaultSettings, type Settings } from "./core/settings.ts";
import type { Snapshot } from "./core/snapshot.ts";
import { createResolver } from "./frontends/typescript/resolve.ts";
import { nearestConfiguration, readAbove } from "./workspace/above.ts";
import { importersOf } from "./workspace/closure.ts";
import { type IgnoreLevel, isIgnored, withIgnoreFile } from "./workspace/gitignore.ts";
import { createGlobFilter } from "./workspace/globs.ts";
import { isPgBouncerIni, isReadThoughIgnored, isSkippedFolder, kindOf } from "./workspace/names.ts";
import { readAliases, readPackages } from "./workspace/packages.ts";
import {
  decode,
  type Encoding,
  largeFile,
  looksBinary,
  looksGenerated,
  readLarge,
  readShared,
} from "./workspace/read.ts";
import { isDriverModule, specifiersIn } from "./workspace/specifiers.ts";
import { describe, walk, withSlash } from "./workspace/walk.ts";
import { handsOnHandles } from "./workspace/words.ts";

/** A file or folder that the analysis goes without. */
export interface WorkspaceProblem {
  readonly path: string;
  /** `unreadable` and `configuration` are for people to mend; `set aside` is told on request. */
  readonly kind: "unreadable" | "set aside" | "configuration";
  readonly message: string;
  /** UTF-16 offset in a configuration file. */
  readonly offset?: number;
}

export interface ScanOptions {
  readonly signal?: AbortSignal;
  /** Called now and then with the number of sources seen so far. */
  readonly progress?: (seen: number) => void;
}

export interface WorkspaceOptions {
  /** What the editor's settings or the command line say. The project's `bouncer-safe.json` goes before them. */
  readonly settings?: PartialSettings;
  /** Read instead of the `bouncer-safe.json` of the roots. */
  readonly configuration?: string;
}

/** A source that is no candidate, or not yet: its imports, one a line. */
interface Source {
  readonly imports: string;
  readonly seed: boolean;
}

/** Longest time without a look at the event loop, in ms: a fraction of a keystroke's budget. */
const slice = 6;

/**
 * The current texts: the only state that changes. Everything after it works on `snapshot()`.
 *
 * Paths are absolute with `/`. Texts have no byte order mark, on disk or not, so that an offset means the same place in an editor and here;
 * `encodingOf` says how to write a text back.
 */
export class Workspace {
  readonly #roots: readonly string[];
  readonly #options: WorkspaceOptions;
  #settings: Settings;
  #leavesOut: (path: string) => boolean = () => false;
  /** Every source below the roots that the walk saw. */
  readonly #sources = new Map<string, Source>();
  /** Sources that are loaded, from disk. */
  readonly #texts = new Map<string, string>();
  /** Texts of open documents: they hide what is on disk. */
  readonly #open = new Map<string, string>();
  readonly #configurationPaths = new Set<string>();
  readonly #configurations = new Map<string, string>();
  readonly #encodings = new Map<string, { readonly encoding: Encoding; readonly faithful: boolean }>();
  readonly #problems = new Map<string, WorkspaceProblem>();
  #seeds: ReadonlySet<string> = new Set();
  /** Paths of the snapshot's sources, sorted. */
  #members: readonly string[] = [];
  /** What snapshots share as long as it does not change. */
  #existing: ReadonlySet<string> | undefined;
  #loadedConfigurations: ReadonlyMap<string, string> | undefined;
  #version = 0;
  #snapshot: Snapshot | undefined;
  /** Which sources belong together must be found out again. */
  #closureIsStale = true;

  constructor(roots: readonly string[], options: WorkspaceOptions = {}) {
    this.#roots = roots.map(toPath);
    this.#options = options;
    this.#settings = mergeSettings(defaultSettings, options.settings ?? {});
  }

  get roots(): readonly string[] {
    return this.#roots;
  }

  /** What could not be read or was left out, by path. */
  get problems(): readonly WorkspaceProblem[] {
    return [...this.#problems.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Walks the roots and loads what can matter. Gives the event loop its turns; ends early, without a change, where the signal says so. */
  async scan({ signal, progress }: ScanOptions = {}): Promise<void> {
    const found: string[] = [];
    const configurations: string[] = [];
    const inis: string[] = [];
    const problems: WorkspaceProblem[] = [];
    const pause = createPause(signal, () => progress?.(found.length));
    const { settings, problem } = this.#readSettings();
    const leavesOut = createGlobFilter(this.#roots, settings.ignore);
    for (const root of this.#roots) {
      const above = readAbove(root);
      configurations.push(...above.configurations);
      inis.push(...above.inis);
      const options = {
        above: above.rules,
        ignores: leavesOut,
        problem: ({ path, message }: { path: string; message: string }) =>
          problems.push({ path, kind: "unreadable", message }),
      };
      for (const listing of walk(root, options)) {
        found.push(...listing.sources);
        configurations.push(...listing.configurations);
        inis.push(...listing.inis);
        if (await pause()) return;
      }
    }
    const sources = new Map<string, Source>();
    for (const path of found) {
      // Overlapping roots list a file twice.
      if (sources.has(path)) continue;
      const source = readSource(path, problems);
      if (source) sources.set(path, source);
      if (await pause()) return;
    }
    this.#settings = settings;
    this.#leavesOut = leavesOut;
    replace(this.#sources, sources);
    this.#texts.clear();
    this.#configurations.clear();
    this.#loadedConfigurations = undefined;
    this.#existing = undefined;
    this.#encodings.clear();
    this.#problems.clear();
    this.#configurationPaths.clear();
    for (const path of [...configurations, ...inis]) this.#configurationPaths.add(path);
    for (const one of problem) problems.push(one);
    for (const one of problems) this.#problems.set(one.path, one);
    this.#changed();
    this.#closureIsStale = true;
    progress?.(found.length);
  }

  /** The text of an open document; it counts from now on, whatever is on disk. */
  setText(path: string, text: string): void {
    const key = toPath(path);
    if (this.#open.get(key) === text) return;
    const before = this.#sourceOf(key);
    const isNew = !this.#open.has(key) && !this.#sources.has(key);
    this.#open.set(key, text);
    const kind = kindOf(nameOf(key));
    if (kind === "source") this.#noteImports(before, this.#sourceOf(key));
    else if (kind !== "other" && this.#holds(key)) this.#noteConfiguration(key);
    if (isSettingsFile(key)) this.#applySettings();
    if (isNew) this.#existing = undefined;
    this.#changed();
  }

  /** The document was closed: its file counts again. */
  dropText(path: string): void {
    const key = toPath(path);
    if (!this.#open.has(key)) return;
    this.#open.delete(key);
    this.#refresh(key);
  }

  /** What a file watcher reports: files and folders that were made, changed or removed. */
  changed(paths: readonly string[]): void {
    for (const path of paths.map(toPath)) {
      if (isSettingsFile(path)) this.#applySettings();
      this.#refresh(path);
    }
  }

  /** The workspace as it is now. The same object as long as nothing changes. */
  snapshot(): Snapshot {
    this.#snapshot ??= this.#createSnapshot();
    return this.#snapshot;
  }

  /** How a loaded file is written back; undefined where its bytes do not survive a round trip. */
  encodingOf(path: string): Encoding | undefined {
    const known = this.#encodings.get(path);
    return known?.faithful ? known.encoding : undefined;
  }

  #createSnapshot(): Snapshot {
    if (this.#closureIsStale) this.#findClosure();
    const sources = new Map<string, string>();
    for (const path of this.#members) {
      const text = this.#textOf(path);
      if (text !== undefined) sources.set(path, text);
    }
    return this.#view(sources);
  }

  #view(sources: ReadonlyMap<string, string>): Snapshot {
    this.#loadConfigurations();
    this.#loadedConfigurations ??= new Map(this.#configurations);
    this.#existing ??= new Set([...this.#sources.keys(), ...this.#configurationPaths, ...this.#open.keys()]);
    const existing = this.#existing;
    return {
      version: this.#version,
      roots: this.#roots,
      sources,
      configurations: this.#loadedConfigurations,
      settings: this.#settings,
      seen: this.#sources.size,
      exists: (path) => existing.has(path),
    };
  }

  #findClosure(): void {
    this.#closureIsStale = false;
    const seeds = new Set<string>();
    const imports = new Map<string, string>();
    const note = (path: string, source: Source) => {
      if (source.seed) seeds.add(path);
      else if (source.imports) imports.set(path, source.imports);
    };
    for (const [path, source] of this.#sources) if (!this.#open.has(path)) note(path, source);
    for (const path of this.#open.keys()) {
      const source = this.#sourceOf(path);
      if (source) note(path, source);
    }
    this.#seeds = seeds;
    const importers = seeds.size ? this.#importersOf(seeds, imports) : new Set<string>();
    for (const path of this.#texts.keys()) if (!seeds.has(path) && !importers.has(path)) this.#texts.delete(path);
    this.#members = [...seeds, ...importers].sort();
  }

  #importersOf(seeds: ReadonlySet<string>, imports: ReadonlyMap<string, string>): ReadonlySet<string> {
    const view = this.#view(new Map());
    return importersOf({
      seeds,
      imports,
      packages: readPackages(view.configurations),
      aliases: readAliases(view.configurations),
      resolve: createResolver(view),
      handsOn: (path) => handsOnHandles(this.#textOf(path) ?? ""),
    });
  }

  #textOf(path: string): string | undefined {
    const open = this.#open.get(path);
    if (open !== undefined) return open;
    const loaded = this.#texts.get(path);
    if (loaded !== undefined) return loaded;
    const text = this.#load(path);
    if (text !== undefined) this.#texts.set(path, text);
    return text;
  }

  /** Decodes a file and remembers how. A file that vanished is no problem; one that cannot be read is named. */
  #load(path: string): string | undefined {
    try {
      const { text, encoding, faithful } = decode(readFileSync(path));
      this.#encodings.set(path, { encoding, faithful });
      return text;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT")
        this.#problems.set(path, { path, kind: "unreadable", message: describe(error) });
      return undefined;
    }
  }

  /** Without a candidate only ini files are looked at: one of PgBouncer's is of interest by itself. */
  #loadConfigurations(): void {
    for (const path of this.#configurationPaths) {
      if (this.#configurations.has(path)) continue;
      const isIni = kindOf(nameOf(path)) === "ini";
      if (!this.#seeds.size && !isIni) continue;
      const text = this.#open.get(path) ?? this.#load(path);
      if (text === undefined || (isIni && !isPgBouncerIni(text))) this.#configurationPaths.delete(path);
      else {
        this.#configurations.set(path, text);
        this.#loadedConfigurations = undefined;
      }
    }
  }

  #sourceOf(path: string): Source | undefined {
    const open = this.#open.get(path);
    if (open === undefined) return this.#sources.get(path);
    return this.#holds(path) && kindOf(nameOf(path)) === "source" ? toSource(open) : undefined;
  }

  /** True for a path below the roots that nothing leaves out. */
  #holds(path: string): boolean {
    const root = this.#roots.find((folder) => path.startsWith(withSlash(folder)));
    if (root === undefined || this.#leavesOut(path)) return false;
    const parts = path.slice(withSlash(root).length).split("/");
    let rules = readAbove(root).rules;
    let folder = withSlash(root);
    for (const [index, part] of parts.entries()) {
      rules = rulesOf(folder, rules);
      const kind = index === parts.length - 1 ? "file" : "folder";
      if (kind === "folder" && isSkippedFolder(part)) return false;
      if (isIgnored(rules, folder + part, part, kind) && !(kind === "file" && isReadThoughIgnored(part))) return false;
      folder += `${part}/`;
    }
    return true;
  }

  /** Takes one path from disk again. */
  #refresh(path: string): void {
    const before = this.#sources.get(path);
    this.#texts.delete(path);
    this.#problems.delete(path);
    this.#encodings.delete(path);
    this.#existing = undefined;
    const state = stateOf(path);
    if (state === "missing") this.#forget(path);
    else if (state === "folder") this.#refreshFolder(path);
    else if (this.#holds(path)) {
      const kind = kindOf(nameOf(path));
      if (kind === "source") {
        const problems: WorkspaceProblem[] = [];
        const source = readSource(path, problems);
        for (const problem of problems) this.#problems.set(path, problem);
        if (source) this.#sources.set(path, source);
        else this.#sources.delete(path);
        this.#noteImports(before, source);
      } else if (kind !== "other") {
        this.#noteConfiguration(path);
      }
    }
    this.#changed();
  }

  #forget(path: string): void {
    const folder = `${path}/`;
    for (const known of [...this.#sources.keys()]) {
      if (known !== path && !known.startsWith(folder)) continue;
      this.#sources.delete(known);
      this.#texts.delete(known);
      this.#closureIsStale = true;
    }
    for (const known of [...this.#configurationPaths]) {
      if (known !== path && !known.startsWith(folder)) continue;
      this.#configurationPaths.delete(known);
      this.#configurations.delete(known);
      this.#loadedConfigurations = undefined;
      this.#closureIsStale = true;
    }
  }

  #refreshFolder(folder: string): void {
    if (!this.#holds(folder) || isSkippedFolder(nameOf(folder))) return;
    const options = { ignores: this.#leavesOut, problem: () => {} };
    for (const listing of walk(folder, options)) {
      for (const path of [...listing.sources, ...listing.configurations, ...listing.inis]) this.#refresh(path);
    }
  }

  #noteConfiguration(path: string): void {
    this.#configurationPaths.add(path);
    this.#configurations.delete(path);
    this.#loadedConfigurations = undefined;
    // Packages and aliases may lead elsewhere now.
    this.#closureIsStale = true;
  }

  #noteImports(before: Source | undefined, after: Source | undefined): void {
    if (before?.seed !== after?.seed || before?.imports !== after?.imports) this.#closureIsStale = true;
  }

  #applySettings(): void {
    const { settings, problem } = this.#readSettings();
    this.#settings = settings;
    this.#leavesOut = createGlobFilter(this.#roots, settings.ignore);
    for (const [path, one] of this.#problems) if (one.kind === "configuration") this.#problems.delete(path);
    for (const one of problem) this.#problems.set(one.path, one);
    this.#closureIsStale = true;
  }

  #readSettings(): { readonly settings: Settings; readonly problem: readonly WorkspaceProblem[] } {
    let settings = mergeSettings(defaultSettings, this.#options.settings ?? {});
    const problem: WorkspaceProblem[] = [];
    for (const path of this.#options.configuration
      ? [toPath(this.#options.configuration)]
      : this.#roots.flatMap(nearestConfiguration)) {
      let text: string;
      try {
        text = this.#open.get(path) ?? decode(readFileSync(path)).text;
      } catch (error) {
        problem.push({ path, kind: "configuration", message: describe(error) });
        continue;
      }
      const read = readConfiguration(text);
      settings = mergeSettings(settings, read.settings);
      for (const { message, offset } of read.problems as readonly ConfigurationProblem[])
        problem.push({ path, kind: "configuration", message, offset });
    }
    return { settings, problem };
  }

  #changed(): void {
    this.#version++;
    this.#snapshot = undefined;
  }
}

/** Absolute, with `/`. */
export const toPath = (path: string): string => {
  const absolute = resolve(path);
  return sep === "/" ? absolute : absolute.replaceAll(sep, "/");
};

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

const isSettingsFile = (path: string): boolean => nameOf(path) === configurationName;

const toSource = (text: string): Source => {
  const specifiers = specifiersIn(text);
  // `join` copies: a slice of the text would keep the whole text in memory.
  return { imports: `${specifiers.join("\n")}`, seed: specifiers.some(isDriverModule) };
};

const readSource = (path: string, problems: WorkspaceProblem[]): Source | undefined => {
  try {
    let bytes = readShared(path);
    if (bytes.length > largeFile) {
      if (looksGenerated(bytes))
        return setAside(path, "generated: its lines are thousands of characters long", problems);
      const all = readLarge(path);
      if (!all) return setAside(path, "larger than 16 MB", problems);
      bytes = all;
    }
    const source = toSource(prefilterText(bytes));
    if (!source.seed) return source;
    if (looksBinary(bytes)) return setAside(path, "binary", problems);
    if (looksGenerated(bytes)) return setAside(path, "generated: its lines are thousands of characters long", problems);
    return source;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT")
      problems.push({ path, kind: "unreadable", message: describe(error) });
    return undefined;
  }
};

const setAside = (path: string, why: string, problems: WorkspaceProblem[]): undefined => {
  problems.push({ path, kind: "set aside", message: `set aside: ${why}` });
};

/** One character a byte, which is the fastest text to search; a file in UTF-16 is decoded. */
const prefilterText = (bytes: Buffer): string =>
  bytes[0] === 0xff || bytes[0] === 0xfe ? decode(bytes).text : bytes.toString("latin1");

const createPause = (signal: AbortSignal | undefined, progress: () => void): (() => Promise<boolean> | boolean) => {
  let last = performance.now();
  return () => {
    if (signal?.aborted) return true;
    if (performance.now() - last < slice) return false;
    progress();
    return setImmediate().then(() => {
      last = performance.now();
      return signal?.aborted ?? false;
    });
  };
};

const stateOf = (path: string): "file" | "folder" | "missing" => {
  const stats = statSync(path, { throwIfNoEntry: false });
  return !stats ? "missing" : stats.isDirectory() ? "folder" : "file";
};

const rulesOf = (folder: string, above: IgnoreLevel | undefined): IgnoreLevel | undefined => {
  try {
    return withIgnoreFile(above, folder, readFileSync(`${folder}.gitignore`, "utf8"));
  } catch {
    return above;
  }
};

const replace = <K, V>(target: Map<K, V>, source: ReadonlyMap<K, V>): void => {
  target.clear();
  for (const [key, value] of source) target.set(key, value);
};
