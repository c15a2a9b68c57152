import type { Look } from "./language.ts";

/** How a word of the project's own is recognised in a text. */
export type WordKind =
  /** A function or a class: `{ name }`, of an import or of what `require` gave. */
  | "name"
  /** A method or a field: `.name`, `{ name }`. */
  | "member"
  /** A variable or field that holds what a function gave: where it is called. */
  | "result"
  /** A class: `extends Name`. */
  | "base"
  /** An interface: `implements Name`. */
  | "interface"
  /** Python: a function that gives something open. */
  | "giving"
  /** Python: a function, method or class that counts where it is given a handle. */
  | "taking";

/** The names of a project's own functions and classes whose users have to be seen. */
export class OwnWords {
  private readonly words: Readonly<Record<WordKind, Set<string>>> = {
    name: new Set(),
    member: new Set(),
    result: new Set(),
    base: new Set(),
    interface: new Set(),
    giving: new Set(),
    taking: new Set(),
  };
  private readonly calling = new Set<string>();
  private recent = new Set<string>();
  private fresh = new Map<WordKind, Set<string>>();
  /** Grows with everything that is new. */
  version = 0;
  /** Everything that is said from now on, new or not. */
  said: Set<string> | undefined;

  /** @param finderOf what finds words in the sources of their language */
  constructor(private readonly finderOf: (words: (kind: WordKind) => ReadonlySet<string> | undefined) => Finder) {}

  add(kind: WordKind, name: string): void {
    this.said?.add(`${kind} ${name}`);
    const known = this.words[kind];
    if (known.has(name)) return;
    known.add(name);
    this.version++;
    this.recent.add(name);
    const fresh = this.fresh.get(kind);
    if (fresh) fresh.add(name);
    else this.fresh.set(kind, new Set([name]));
  }

  /** A function calls what it is given in this place. */
  addCalling(name: string, argument: number): void {
    this.said?.add(`calls ${name} ${argument}`);
    this.add("name", name);
    const key = `${name} ${argument}`;
    if (this.calling.has(key)) return;
    this.calling.add(key);
    this.version++;
  }

  calls(name: string, argument: number): boolean {
    return this.calling.has(`${name} ${argument}`);
  }

  has(name: string): boolean {
    return this.words.name.has(name) || this.words.member.has(name) || this.words.result.has(name);
  }

  is(kind: WordKind, name: string): boolean {
    return this.words[kind].has(name);
  }

  /** What was added since this was last asked, of any kind. */
  recentOnes(): ReadonlySet<string> {
    const { recent } = this;
    this.recent = new Set();
    return recent;
  }

  /** Finds the words that were added since this was last asked; undefined where there are none. */
  newOnes(): Finder | undefined {
    if (this.fresh.size === 0) return undefined;
    const { fresh } = this;
    this.fresh = new Map();
    return this.finderOf((kind) => fresh.get(kind));
  }

  /** Finds any of them. */
  all(): Finder {
    return this.finderOf((kind) => this.words[kind]);
  }
}

/** Whether a source uses some words. */
export type Finder = (look: Look) => boolean;
