import type { Driver } from "../core/driver.ts";
import type { FileFacts } from "../core/facts.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { type DriverModule, driverModules, generatedModules } from "../drivers/index.ts";
import { isPython } from "../frontends/languages.ts";
import type { Resolution } from "../frontends/resolve.ts";
import { bindingsOf } from "../workspace/bindings.ts";
import { importsOf } from "../workspace/specifiers.ts";
import { DeedText } from "./deed-text.ts";
import { type DeedWords, deedWords, openersOf } from "./deeds.ts";
import { type Finder, OwnWords } from "./own-words.ts";
import { addWrappers } from "./wrappers.ts";

export interface SelectionInput {
  readonly snapshot: Snapshot;
  resolve(from: string, specifier: string): Resolution;
  /** Whether a pooler hands out connections for single statements: then what a library does in a transaction by itself matters. */
  readonly byStatement: boolean;
  /** The facts of a source; undefined for one that the front end cannot read. */
  factsOf(path: string): FileFacts | undefined;
}

/** What is known of a source by its text. */
interface Look {
  readonly text: string;
  readonly specifiers: readonly string[];
  /** The modules of drivers among them. */
  readonly modules: ReadonlyMap<string, readonly DriverModule[]>;
  /** Undefined as long as nobody asked. */
  isWorthIt?: boolean;
}

/**
 * Chooses the sources that are worth a parse. Most files with a handle only read and write rows, about which no rule has anything to say. Looked
 * at are those that do more with it (a deed of a driver, found by its name), those that use the project's own functions around such deeds, and
 * whatever these import. It may take a file too many; it takes all of Python.
 */
export class Selector {
  private readonly looks = new Map<string, Look>();
  private resolve: SelectionInput["resolve"] | undefined;
  private vocabulary: Vocabulary | undefined;
  private last: Choice | undefined;

  /** The paths of the chosen sources. The same texts, the same choice, whatever was chosen before. */
  select(input: SelectionInput): ReadonlySet<string> {
    const changed = this.lookAgain(input);
    this.renewVocabulary(input.byStatement);
    const { last, looks } = this;
    const isSame = last !== undefined && changed !== "all" && changed.every((path) => last.isSame(path, looks, input));
    if (isSame) return last.paths;
    this.last = new Choice(looks, this.vocabulary as Vocabulary, input);
    return this.last.paths;
  }

  /** Looks at the texts that are not known. `all`: other files than before, or other ways for imports. */
  private lookAgain({ snapshot: { sources }, resolve }: SelectionInput): readonly string[] | "all" {
    const changed: string[] = [];
    let isOther = this.resolve !== resolve;
    if (isOther) this.looks.clear();
    this.resolve = resolve;
    for (const path of this.looks.keys()) if (!sources.has(path)) isOther = this.looks.delete(path);
    for (const [path, text] of sources) {
      const known = this.looks.get(path);
      if (known?.text === text || isPython(path)) continue;
      isOther ||= known === undefined;
      changed.push(path);
      this.looks.set(path, lookAt(path, text, resolve));
    }
    return isOther ? "all" : changed;
  }

  private renewVocabulary(byStatement: boolean): void {
    const drivers = new Set<Driver>();
    for (const { modules } of this.looks.values())
      for (const each of modules.values()) for (const { driver } of each) drivers.add(driver);
    if (this.vocabulary?.isFor(drivers, byStatement)) return;
    this.vocabulary = new Vocabulary(drivers, byStatement);
    this.last = undefined;
    for (const look of this.looks.values()) delete look.isWorthIt;
  }
}

function lookAt(path: string, text: string, resolve: SelectionInput["resolve"]): Look {
  const specifiers = [...new Set(importsOf(text).specifiers)];
  const modules = new Map<string, readonly DriverModule[]>();
  for (const specifier of specifiers) {
    const found = modulesOf(path, specifier, resolve);
    if (found.length > 0) modules.set(specifier, found);
  }
  return { text, specifiers, modules };
}

function modulesOf(path: string, specifier: string, resolve: SelectionInput["resolve"]): readonly DriverModule[] {
  const modules = driverModules(specifier);
  if (modules.length > 0) return modules;
  const generated = generatedModules(specifier);
  return generated.length > 0 && resolve(path, specifier).kind !== "file" ? generated : [];
}

/** The words of the libraries that a workspace uses. */
class Vocabulary {
  readonly words: DeedWords;
  readonly deeds: DeedText;

  constructor(
    private readonly drivers: ReadonlySet<Driver>,
    private readonly byStatement: boolean,
  ) {
    this.words = deedWords(drivers, byStatement);
    this.deeds = new DeedText(this.words);
  }

  isFor(drivers: ReadonlySet<Driver>, byStatement: boolean): boolean {
    return (
      this.byStatement === byStatement &&
      this.drivers.size === drivers.size &&
      [...drivers].every((driver) => this.drivers.has(driver))
    );
  }
}

/** One choice, and what it was made by. */
class Choice {
  readonly paths: ReadonlySet<string>;
  private readonly chosen = new Set<string>();
  private readonly own = new OwnWords();
  /** By file, what it added to the project's words. */
  private readonly told = new Map<string, ReadonlySet<string>>();
  /** By file, what else of it the choice depends on. */
  private readonly traits = new Map<string, string>();
  private readonly all: Finder;

  constructor(
    private readonly looks: ReadonlyMap<string, Look>,
    private readonly vocabulary: Vocabulary,
    input: SelectionInput,
  ) {
    for (const [path, look] of looks) if (this.isWorthIt(look)) this.choose(path, input);
    for (let next = [...this.chosen]; next.length > 0; ) next = this.follow(next, input);
    this.all = this.own.all();
    for (const [path, look] of looks) this.traits.set(path, this.traitsOf(look));
    this.paths = new Set([...this.chosen, ...[...input.snapshot.sources.keys()].filter(isPython)]);
  }

  /** Whether a file with another text leaves the choice as it is. */
  isSame(path: string, looks: ReadonlyMap<string, Look>, input: SelectionInput): boolean {
    const look = looks.get(path) as Look;
    if (this.traits.get(path) !== this.traitsOf(look)) return false;
    const before = this.told.get(path);
    if (before === undefined) return true;
    const after = this.wordsOf(path, look, input);
    return after.size === before.size && [...after].every((word) => before.has(word));
  }

  private traitsOf(look: Look): string {
    // Why a file is chosen does not matter.
    return `${this.isWorthIt(look) || this.all(look.text)} ${look.specifiers.join()}`;
  }

  private isWorthIt(look: Look): boolean {
    const { deeds } = this.vocabulary;
    const { text } = look;
    look.isWorthIt ??= deeds.isIn(text) || text.includes("bouncer-safe-") || opens(look);
    return look.isWorthIt;
  }

  /** Takes a file, and those that it imports. */
  private choose(path: string, input: SelectionInput): void {
    const todo = [path];
    for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
      if (this.chosen.has(at)) continue;
      this.chosen.add(at);
      for (const specifier of this.looks.get(at)?.specifiers ?? []) {
        const target = this.targetOf(at, specifier, input);
        if (target !== undefined && !this.chosen.has(target)) todo.push(target);
      }
    }
  }

  private targetOf(path: string, specifier: string, input: SelectionInput): string | undefined {
    const resolution = input.resolve(path, specifier);
    return resolution.kind === "file" && this.looks.has(resolution.path) ? resolution.path : undefined;
  }

  /** Reads the project's words out of files, and takes those that use new ones; gives the files in which there may be more. */
  private follow(paths: readonly string[], input: SelectionInput): string[] {
    const before = new Set(this.chosen);
    for (const path of paths) {
      const told = this.wordsOf(path, this.looks.get(path) as Look, input);
      this.told.set(path, told);
      // Whoever imports it gives it a name of his own.
      if (told.has(byDefault)) for (const importer of this.importersOf(path, input)) this.choose(importer, input);
    }
    const words = this.own.newOnes();
    if (words !== undefined)
      for (const [path, { text }] of this.looks) if (!this.chosen.has(path) && words(text)) this.choose(path, input);
    return [...this.chosen].filter(
      (path) => !before.has(path) || words?.((this.looks.get(path) as Look).text) === true,
    );
  }

  private wordsOf(path: string, look: Look, input: SelectionInput): ReadonlySet<string> {
    const said = new Set<string>();
    const facts = input.factsOf(path);
    if (facts === undefined) return said;
    this.own.said = said;
    const isDefault = addWrappers({
      facts,
      words: this.vocabulary.words,
      own: this.own,
      openers: openerNames(facts, look),
    });
    if (isDefault) said.add(byDefault);
    this.own.said = undefined;
    return said;
  }

  /** Files that take the default export of a file, or all of it. */
  private importersOf(target: string, input: SelectionInput): readonly string[] {
    return [...this.looks]
      .filter(([path, { text, specifiers }]) =>
        specifiers.some(
          (specifier) =>
            this.targetOf(path, specifier, input) === target &&
            bindingsOf(text, specifier).some(({ imported }) => imported === "*" || imported === "default"),
        ),
      )
      .map(([path]) => path);
  }
}

/** Among what a file adds to the words: its default export is one of them. */
const byDefault = "default";

/** Whether a file takes from a driver what opens a pool, or what else counts by being called. */
function opens({ text, modules }: Look): boolean {
  if (modules.size === 0) return false;
  const code = text.replace(typeImport, "");
  for (const [specifier, each] of modules) {
    if (!code.includes(specifier)) continue;
    const names = new Set(each.flatMap((module) => [...openersOf(module)]));
    if (bindingsOf(code, specifier).some(({ imported }) => (imported === "*" ? names.size > 0 : names.has(imported))))
      return true;
  }
  return false;
}

const typeImport = /\bimport\s+type\b(?!\s*,)[^;"'`]*?from\s*(?:"[^"]*"|'[^']*')/g;

/** Names under which a file knows what opens a pool. */
function openerNames(facts: FileFacts, { modules }: Look): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { specifier, imported, variable } of facts.imports) {
    for (const module of modules.get(specifier) ?? []) {
      const openers = openersOf(module);
      if (imported === "*" || imported === "default") for (const name of openers) names.add(name);
      if (openers.has(imported)) names.add(facts.variables[variable]?.name ?? "");
    }
  }
  names.delete("default");
  return names;
}
