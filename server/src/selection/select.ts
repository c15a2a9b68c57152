import type { Driver } from "../core/driver.ts";
import type { FileFacts } from "../core/facts.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { javascript } from "./javascript.ts";
import type { Language, Look, Resolve, Vocabulary } from "./language.ts";
import { type Finder, OwnWords } from "./own-words.ts";
import { python } from "./python.ts";

export interface SelectionInput {
  readonly snapshot: Snapshot;
  readonly resolve: Resolve;
  /** Whether a pooler hands out connections for single statements: then what a library does in a transaction by itself matters. */
  readonly byStatement: boolean;
  /** The facts of a source; undefined for one that the front end cannot read. */
  factsOf(path: string): FileFacts | undefined;
}

/**
 * Chooses the sources that are worth a parse. Most files with a handle only read and write rows, about which no rule has anything to say. Looked
 * at are those that do more with it (a deed of a driver, found by its name), those that use the project's own functions around such deeds, and
 * whatever these import. It may take a file too many. The languages know nothing of each other.
 */
export class Selector {
  private readonly choices = [new LanguageSelector(javascript), new LanguageSelector(python)];

  /** The paths of the chosen sources. The same texts, the same choice, whatever was chosen before. */
  select(input: SelectionInput): ReadonlySet<string> {
    return new Set(this.choices.flatMap((one) => [...one.select(input)]));
  }
}

class LanguageSelector {
  private readonly looks = new Map<string, Look>();
  private resolve: Resolve | undefined;
  private drivers: ReadonlySet<Driver> = new Set();
  private byStatement = false;
  private vocabulary: Vocabulary | undefined;
  private last: Choice | undefined;

  constructor(private readonly language: Language) {}

  select(input: SelectionInput): ReadonlySet<string> {
    const changed = this.lookAgain(input);
    const vocabulary = this.renewed(input.byStatement);
    const { last, looks } = this;
    const isSame = last !== undefined && changed !== "all" && changed.every((path) => last.isSame(path, looks, input));
    if (isSame) return last.chosen;
    this.last = new Choice(this.language, looks, vocabulary, input);
    return this.last.chosen;
  }

  /** Looks at the texts that are not known. `all`: other files than before, or other ways for imports. */
  private lookAgain({ snapshot: { sources, roots }, resolve }: SelectionInput): readonly string[] | "all" {
    const changed: string[] = [];
    let isOther = this.resolve !== resolve;
    if (isOther) this.looks.clear();
    this.resolve = resolve;
    for (const path of this.looks.keys()) if (!sources.has(path)) isOther = this.looks.delete(path);
    for (const [path, text] of sources) {
      if (!this.language.has(path)) continue;
      const known = this.looks.get(path);
      if (known?.text === text) continue;
      isOther ||= known === undefined;
      changed.push(path);
      this.looks.set(path, this.language.lookAt(path, text, { resolve, roots }));
    }
    return isOther ? "all" : changed;
  }

  /** The words of the libraries that there are now. */
  private renewed(byStatement: boolean): Vocabulary {
    const drivers = new Set<Driver>();
    for (const { modules } of this.looks.values())
      for (const each of modules.values()) for (const { driver } of each) drivers.add(driver);
    const isSame =
      this.byStatement === byStatement &&
      this.drivers.size === drivers.size &&
      [...drivers].every((driver) => this.drivers.has(driver));
    if (this.vocabulary !== undefined && isSame) return this.vocabulary;
    this.drivers = drivers;
    this.byStatement = byStatement;
    this.last = undefined;
    for (const look of this.looks.values()) delete look.isWorthIt;
    this.vocabulary = this.language.vocabulary(drivers, byStatement);
    return this.vocabulary;
  }
}

/** One choice, and what it was made by. */
class Choice {
  readonly chosen = new Set<string>();
  private readonly own: OwnWords;
  /** By file, what it added to the project's words. */
  private readonly told = new Map<string, ReadonlySet<string>>();
  /** By file, what else of it the choice depends on. */
  private readonly traits = new Map<string, string>();
  private readonly all: Finder;
  /** The last words of specifiers that may lead to a file that is not taken anyway; undefined where any may. */
  private readonly ends: ReadonlySet<string> | undefined;

  constructor(
    private readonly language: Language,
    private readonly looks: ReadonlyMap<string, Look>,
    private readonly vocabulary: Vocabulary,
    input: SelectionInput,
  ) {
    this.own = new OwnWords(language.finderOf);
    if (language.endsOf !== undefined)
      this.ends = new Set([...looks].flatMap(([path, { always }]) => (always ? [] : (language.endsOf?.(path) ?? []))));
    for (const [path, look] of looks) if (this.isWorthIt(look)) this.choose(path, input);
    // Where everything is taken, nobody asks for words.
    if (this.chosen.size < looks.size)
      for (let next = [...this.chosen]; next.length > 0; ) next = this.follow(next, input);
    this.all = this.own.all();
    // What is not taken shows no word of them all.
    for (const [path, look] of looks)
      this.traits.set(path, traitsOf(look, this.chosen.has(path) && this.hasReason(look)));
  }

  /** Whether a file with another text leaves the choice as it is. */
  isSame(path: string, looks: ReadonlyMap<string, Look>, input: SelectionInput): boolean {
    const look = looks.get(path) as Look;
    if (this.traits.get(path) !== traitsOf(look, this.hasReason(look))) return false;
    const before = this.told.get(path);
    if (before === undefined) return true;
    const { version } = this.own;
    const after = this.wordsOf(path, look, input);
    const isNew = this.own.version !== version || after.has(byDefault) !== before.has(byDefault);
    if (isNew || ![...before].every((word) => after.has(word))) return false;
    // It may have been read before others told all their words: with them it says more, of what is known anyway.
    this.told.set(path, after);
    return true;
  }

  /** Whether a file is taken for what it says, and not for who imports it. */
  private hasReason(look: Look): boolean {
    return this.isWorthIt(look) || this.all(look);
  }

  private isWorthIt(look: Look): boolean {
    look.isWorthIt ??= look.always || this.vocabulary.isWorthIt(look);
    return look.isWorthIt;
  }

  /** Takes a file, and those that it imports. */
  private choose(path: string, input: SelectionInput): void {
    const todo = [path];
    for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
      if (this.chosen.has(at)) continue;
      this.chosen.add(at);
      for (const specifier of this.looks.get(at)?.specifiers ?? []) {
        if (this.ends?.has(specifier.slice(specifier.lastIndexOf(".") + 1)) === false) continue;
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
    for (let next = paths; next.length > 0; next = this.touched(input)) {
      for (const path of next) {
        const told = this.wordsOf(path, this.looks.get(path) as Look, input);
        this.told.set(path, told);
        // Whoever imports it gives it a name of his own.
        if (told.has(byDefault)) for (const importer of this.importersOf(path, input)) this.choose(importer, input);
      }
    }
    const words = this.own.newOnes();
    if (words !== undefined)
      for (const [path, look] of this.looks) if (!this.chosen.has(path) && words(look)) this.choose(path, input);
    if (this.vocabulary.uses !== undefined) return [...this.chosen].filter((path) => !before.has(path));
    return [...this.chosen].filter((path) => !before.has(path) || words?.(this.looks.get(path) as Look) === true);
  }

  /** Files that were read for words before some that they use were known, where facts tell it: to look for words in texts takes longer. */
  private touched({ factsOf }: SelectionInput): readonly string[] {
    const { uses } = this.vocabulary;
    const words = this.own.recentOnes();
    if (uses === undefined || words.size === 0) return [];
    return [...this.told.keys()].filter((path) => {
      const facts = factsOf(path);
      return facts !== undefined && uses(facts, words);
    });
  }

  private wordsOf(path: string, look: Look, input: SelectionInput): ReadonlySet<string> {
    const said = new Set<string>();
    const facts = input.factsOf(path);
    if (facts === undefined) return said;
    this.own.said = said;
    if (this.vocabulary.addWords(facts, look, this.own)) said.add(byDefault);
    this.own.said = undefined;
    return said;
  }

  /** Files that take the default export of a file, or all of it. */
  private importersOf(target: string, input: SelectionInput): readonly string[] {
    return [...this.looks]
      .filter(([path, look]) =>
        look.specifiers.some(
          (specifier) =>
            this.targetOf(path, specifier, input) === target && this.language.takesDefault(look, specifier),
        ),
      )
      .map(([path]) => path);
  }
}

/** Among what a file adds to the words: its default export is one of them. */
const byDefault = "default";

/** What the choice depends on of one file. Why it is chosen does not matter. */
const traitsOf = ({ specifiers }: Look, hasReason: boolean): string => `${hasReason} ${specifiers.join()}`;
