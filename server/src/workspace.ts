import { dirname } from "node:path/posix";
import { configurationName, mergeSettings, type PartialSettings } from "./config.ts";
import { defaultSettings, type Settings } from "./core/settings.ts";
import type { Snapshot } from "./core/snapshot.ts";
import { createResolver } from "./frontends/resolve.ts";
import type { Handed } from "./workspace/bindings.ts";
import { isOfPooler, readCandidate } from "./workspace/candidates.ts";
import { importersInAll } from "./workspace/importers.ts";
import { decidesImports, kindOf } from "./workspace/names.ts";
import { nameOf, stateOf, toPath } from "./workspace/paths.ts";
import { isVanished, type WorkspaceProblem } from "./workspace/problems.ts";
import { reachOf } from "./workspace/reach.ts";
import { decode, type Encoding, readWhole } from "./workspace/read.ts";
import { type ScanOptions, scanRoots } from "./workspace/scan.ts";
import { readSettings } from "./workspace/settings.ts";
import { peek, readSource, type Source, toSource } from "./workspace/sources.ts";
import { Territory } from "./workspace/territory.ts";
import { describe } from "./workspace/walk.ts";

export type { WorkspaceProblem } from "./workspace/problems.ts";
export type { ScanOptions } from "./workspace/scan.ts";

export interface WorkspaceOptions {
  /** What the editor's settings say. The project's `bouncer-safe.json` goes before them. */
  readonly settings?: PartialSettings;
  /** Read instead of the `bouncer-safe.json` of the roots. */
  readonly configuration?: string;
  /** What says which pooler there is, is read though there is no database code. */
  readonly always?: "configurations";
}

/**
 * The current texts: the only state that changes. Everything after it works on `snapshot()`.
 *
 * Paths are absolute with `/`. Texts have no byte order mark, on disk or not, so that an offset means the same place in an editor and here;
 * `encodingOf` says how to write a text back.
 */
export class Workspace {
  readonly roots: readonly string[];
  readonly #options: WorkspaceOptions;
  #settings: Settings;
  #territory: Territory;
  /** Every source that the walk saw, as it is on disk. */
  #sources = new Map<string, Source>();
  /** Texts of open documents: they hide what is on disk. */
  readonly #open = new Map<string, string>();
  /** What the prefilter knows of them; none for a document that is no source of the workspace. */
  readonly #openSources = new Map<string, Source>();
  /** Texts from disk of the sources that are part of the snapshot. */
  readonly #texts = new Map<string, string>();
  readonly #encodings = new Map<string, { readonly encoding: Encoding; readonly faithful: boolean }>();
  readonly #configurationPaths = new Set<string>();
  readonly #configurations = new Map<string, string>();
  readonly #problems = new Map<string, WorkspaceProblem>();
  /** What is wrong in the settings' files: a file may have several faults. */
  #faults: readonly WorkspaceProblem[] = [];
  #seeds = new Set<string>();
  /** Seeds and what gets handles from them. */
  #members: ReadonlySet<string> = new Set();
  /** What the members lean on, without a handle of its own. */
  #reached: ReadonlySet<string> = new Set();
  /** What must be found out before the next snapshot: nothing, whether these sources join in, or everything. */
  #unsettled: "nothing" | Set<string> | "everything" = "everything";
  #version = 0;
  #snapshot: Snapshot | undefined;
  /** What snapshots share as long as it does not change. */
  #existing: ReadonlySet<string> | undefined;
  #shared: ReadonlyMap<string, string> | undefined;

  constructor(roots: readonly string[], options: WorkspaceOptions = {}) {
    this.roots = roots.map(toPath);
    this.#options = options;
    this.#settings = mergeSettings(defaultSettings, options.settings ?? {});
    this.#territory = new Territory(this.roots, this.#settings.ignore);
  }

  /** What could not be read or was left out, by path. */
  get problems(): readonly WorkspaceProblem[] {
    return [...this.#faults, ...this.#problems.values()].sort((a, b) =>
      a.path < b.path ? -1 : a.path > b.path ? 1 : 0,
    );
  }

  /** Walks the roots and reads what can matter. Gives the event loop its turns; ends early, without a change, where the signal says so. */
  async scan(options: ScanOptions = {}): Promise<void> {
    const { settings, problems: faults } = this.#readSettings();
    const territory = new Territory(this.roots, settings.ignore);
    const scan = await scanRoots(this.roots, territory, options);
    if (!scan) return;
    this.#settings = settings;
    this.#faults = faults;
    this.#territory = territory;
    this.#sources = scan.sources;
    this.#texts.clear();
    this.#encodings.clear();
    this.#configurationPaths.clear();
    this.#configurations.clear();
    this.#problems.clear();
    for (const path of scan.configurations) this.#configurationPaths.add(path);
    this.#readOpen();
    for (const problem of scan.problems) this.#problems.set(problem.path, problem);
    this.#existing = undefined;
    this.#shared = undefined;
    this.#unsettled = "everything";
    this.#changed();
  }

  /** The text of an open document; it counts from now on, whatever is on disk. */
  setText(path: string, text: string): void {
    const key = toPath(path);
    if (this.#open.get(key) === text) return;
    const before = this.#sourceOf(key);
    if (!this.#open.has(key) && !this.#sources.has(key)) this.#existing = undefined;
    this.#open.set(key, text);
    if (this.#isSource(key)) this.#openSources.set(key, toSource(key, text));
    this.#noteOpenConfiguration(key);
    if (isSettingsFile(key)) this.#applySettings();
    const after = this.#sourceOf(key);
    if (before?.seed !== after?.seed || before?.imports !== after?.imports) this.#unsettle(key);
    this.#changed();
  }

  /** The document was closed: its file counts again. */
  dropText(path: string): void {
    const key = toPath(path);
    if (!this.#open.delete(key)) return;
    this.#openSources.delete(key);
    if (isSettingsFile(key)) this.#applySettings();
    this.#refresh(key);
    this.#changed();
  }

  /** What a file watcher reports: files and folders that were made, changed or removed. */
  changed(paths: readonly string[]): void {
    for (const path of paths.map(toPath)) {
      if (isSettingsFile(path)) this.#applySettings();
      if (nameOf(path) === ".gitignore") {
        this.#territory.forgetRules();
        this.#refresh(dirname(path));
        this.#readOpen();
      } else this.#refresh(path);
    }
    this.#changed();
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

  #changed(): void {
    this.#version++;
    this.#snapshot = undefined;
  }

  #createSnapshot(): Snapshot {
    this.#settle();
    const sources = new Map<string, string>();
    for (const path of [...this.#members, ...this.#reached].sort()) {
      const text = this.#textOf(path);
      if (text !== undefined) sources.set(path, text);
    }
    return this.#view(sources);
  }

  #view(sources: ReadonlyMap<string, string>): Snapshot {
    this.#loadConfigurations();
    this.#shared ??= new Map(this.#configurations);
    this.#existing ??= new Set([...this.#sources.keys(), ...this.#configurationPaths, ...this.#open.keys()]);
    const existing = this.#existing;
    return {
      version: this.#version,
      roots: this.roots,
      sources,
      configurations: this.#shared,
      settings: this.#settings,
      seen: this.#sources.size,
      exists: (path) => existing.has(path),
    };
  }

  #unsettle(path: string): void {
    if (this.#unsettled === "nothing") this.#unsettled = new Set([path]);
    else if (this.#unsettled !== "everything") this.#unsettled.add(path);
  }

  /** Finds the members. While somebody types, files only join in; what does not matter any more leaves with the next change on disk. */
  #settle(): void {
    const unsettled = this.#unsettled;
    this.#unsettled = "nothing";
    if (unsettled === "nothing") return;
    const everything = unsettled === "everything";
    const members = everything ? new Set<string>() : new Set(this.#members);
    const seeds = new Set<string>();
    const imports = new Map<string, string>();
    for (const path of everything ? [...this.#sources.keys(), ...this.#open.keys()] : unsettled) {
      const source = this.#sourceOf(path);
      if (source?.seed && !members.has(path)) seeds.add(path);
      if (source) imports.set(path, source.imports);
    }
    if (everything) this.#seeds = new Set();
    for (const path of seeds) this.#seeds.add(path);
    this.#add(members, seeds, undefined, imports);
    if (!everything) {
      // Some of the changed files may get handles from old members, and either kind may have importers of its own. What a member hands on
      // through others was told by all imports together; here it is taken for everything.
      this.#add(members, this.#members, "all", imports);
      const joined = [...members].filter((path) => !this.#members.has(path));
      if (joined.length) this.#add(members, joined, undefined, this.#importsOutside(members));
    }
    this.#reached = this.#reach(members);
    for (const path of this.#texts.keys()) if (!members.has(path) && !this.#reached.has(path)) this.#texts.delete(path);
    this.#members = members;
  }

  #reach(members: ReadonlySet<string>): ReadonlySet<string> {
    if (!members.size) return new Set();
    return reachOf({
      members,
      isSeed: (path) => this.#seeds.has(path),
      importsOf: (path) => this.#sourceOf(path)?.imports,
      resolve: createResolver(this.#view(new Map())),
      peek: (path) => this.#peek(path),
    });
  }

  #peek(path: string): string {
    return this.#open.get(path) ?? this.#texts.get(path) ?? peek(path);
  }

  #add(
    members: Set<string>,
    seeds: Iterable<string>,
    handed: Handed | undefined,
    imports: ReadonlyMap<string, string>,
  ): void {
    const wanted = new Map([...seeds].map((path) => [path, handed] as const));
    if (!wanted.size) return;
    const importers = importersInAll({
      seeds: wanted,
      imports,
      view: this.#view(new Map()),
      peek: (path) => this.#peek(path),
      textOf: (path) => this.#textOf(path) ?? "",
    });
    for (const path of [...wanted.keys(), ...importers]) members.add(path);
  }

  #importsOutside(members: ReadonlySet<string>): ReadonlyMap<string, string> {
    const imports = new Map<string, string>();
    for (const path of new Set([...this.#sources.keys(), ...this.#open.keys()])) {
      if (members.has(path)) continue;
      const source = this.#sourceOf(path);
      if (source) imports.set(path, source.imports);
    }
    return imports;
  }

  #sourceOf(path: string): Source | undefined {
    return this.#open.has(path) ? this.#openSources.get(path) : this.#sources.get(path);
  }

  #isSource(path: string): boolean {
    return kindOf(nameOf(path)) === "source" && this.#territory.holds(path, "file");
  }

  #textOf(path: string): string | undefined {
    const held = this.#open.get(path) ?? this.#texts.get(path);
    if (held !== undefined) return held;
    const text = this.#load(path);
    if (text !== undefined) this.#texts.set(path, text);
    return text;
  }

  /** Decodes a file and remembers how. One that cannot be read is named. */
  #load(path: string, read: typeof readCandidate = (each) => decode(readWhole(each))): string | undefined {
    try {
      const decoded = read(path);
      if (!decoded) return undefined;
      const { text, encoding, faithful } = decoded;
      this.#encodings.set(path, { encoding, faithful });
      return text;
    } catch (error) {
      if (!isVanished(error)) this.#problems.set(path, { path, kind: "unreadable", message: describe(error) });
      return undefined;
    }
  }

  /** Without database code only ini files are looked at: one of PgBouncer's is of interest by itself. */
  #loadConfigurations(): void {
    for (const path of this.#configurationPaths) {
      if (this.#configurations.has(path)) continue;
      const name = nameOf(path);
      if (!this.#seeds.size && !this.#options.always && !name.toLowerCase().endsWith(".ini")) continue;
      const needsMark = kindOf(name) === "candidate";
      const text = this.#open.get(path) ?? this.#load(path, needsMark ? readCandidate : undefined);
      if (text === undefined || (needsMark && !isOfPooler(name, text))) this.#configurationPaths.delete(path);
      else {
        this.#configurations.set(path, text);
        this.#shared = undefined;
      }
    }
  }

  /** Takes a path from disk again. */
  #refresh(path: string): void {
    this.#forget(path);
    const state = stateOf(path);
    if (state === "file" && this.#territory.holds(path, "file")) this.#take(path);
    if (state !== "folder" || !this.#territory.holds(path, "folder")) return;
    const problem = (one: { path: string; message: string }) =>
      this.#problems.set(one.path, { ...one, kind: "unreadable" });
    for (const { sources, configurations } of this.#territory.walk(path, problem))
      for (const one of [...sources, ...configurations]) this.#take(one);
  }

  #take(path: string): void {
    const kind = kindOf(nameOf(path));
    if (kind === "configuration" || kind === "candidate") this.#configurationPaths.add(path);
    if (kind !== "source") return;
    const source = readSource(path, (problem) => this.#problems.set(path, problem));
    if (source) this.#sources.set(path, source);
  }

  /** Drops what is known of a path on disk, and of everything below it. */
  #forget(path: string): void {
    const folder = `${path}/`;
    for (const known of [
      this.#sources,
      this.#texts,
      this.#encodings,
      this.#configurations,
      this.#configurationPaths,
      this.#problems,
    ]) {
      if (known.delete(path)) continue;
      for (const key of [...known.keys()]) if (key.startsWith(folder)) known.delete(key);
    }
    this.#existing = undefined;
    this.#shared = undefined;
    this.#unsettled = "everything";
  }

  /** Open documents may have come into the workspace, or have left it. */
  #readOpen(): void {
    this.#openSources.clear();
    for (const [path, text] of this.#open) {
      if (this.#isSource(path)) this.#openSources.set(path, toSource(path, text));
      this.#noteOpenConfiguration(path);
    }
  }

  #noteOpenConfiguration(path: string): void {
    const kind = kindOf(nameOf(path));
    if ((kind !== "configuration" && kind !== "candidate") || !this.#territory.holds(path, "file")) return;
    this.#configurationPaths.add(path);
    this.#configurations.delete(path);
    this.#shared = undefined;
    // Packages and aliases may lead elsewhere now.
    if (decidesImports(nameOf(path))) this.#unsettled = "everything";
  }

  #applySettings(): void {
    const { settings, problems } = this.#readSettings();
    const before = this.#settings.ignore.join("\n");
    this.#settings = settings;
    this.#faults = problems;
    if (settings.ignore.join("\n") === before) return;
    this.#territory = new Territory(this.roots, settings.ignore);
    for (const root of this.roots) this.#refresh(root);
    this.#readOpen();
  }

  #readSettings(): ReturnType<typeof readSettings> {
    return readSettings({
      roots: this.roots,
      given: this.#options.settings,
      configuration: this.#options.configuration && toPath(this.#options.configuration),
      openText: (path) => this.#open.get(path),
    });
  }
}

const isSettingsFile = (path: string): boolean => nameOf(path) === configurationName;
