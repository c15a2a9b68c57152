import type { Driver } from "../core/driver.ts";
import type { FileFacts } from "../core/facts.ts";
import type { DriverModule } from "../drivers/index.ts";
import type { Resolution } from "../frontends/resolve.ts";
import type { Finder, OwnWords, WordKind } from "./own-words.ts";

export type Resolve = (from: string, specifier: string) => Resolution;

/** What is known of a source by its text. */
export interface Look {
  readonly text: string;
  readonly specifiers: readonly string[];
  /** The modules of drivers among them. */
  readonly modules: ReadonlyMap<string, readonly DriverModule[]>;
  /** Taken whatever it says. */
  readonly always: boolean;
  /** A test that is of interest only for the pools that it opens and the texts that it sends. */
  readonly isTest: boolean;
  /** Undefined as long as nobody asked. */
  isWorthIt?: boolean;
}

/** How the sources of a language are chosen. */
export interface Language {
  /** Whether a path is of this language. */
  has(path: string): boolean;
  lookAt(path: string, text: string, surroundings: Surroundings): Look;
  /** @param byStatement whether a pooler hands out connections for single statements: then what a library does in a transaction by itself matters */
  vocabulary(drivers: ReadonlySet<Driver>, byStatement: boolean): Vocabulary;
  /** Finds the users of the project's own words. */
  finderOf(words: (kind: WordKind) => ReadonlySet<string> | undefined): Finder;
  /** The last words of the specifiers that may lead to a path, so that only those are resolved that lead to a file that is not taken anyway. */
  endsOf?(path: string): readonly string[];
  /** Whether a file takes the default export of a module, or all of it: by a name that nobody else knows. */
  takesDefault(look: Look, specifier: string): boolean;
}

export interface Surroundings {
  readonly resolve: Resolve;
  readonly roots: readonly string[];
}

/** The words of the libraries that a workspace uses. */
export interface Vocabulary {
  /** Whether a file does more than reading and writing rows. */
  isWorthIt(look: Look): boolean;
  /** Adds the functions of a file whose users matter to the project's own words. True where the file's default export is one of them. */
  addWords(facts: FileFacts, look: Look, own: OwnWords): boolean;
  /** Whether what a file adds may depend on these words. Without it, its text is asked. */
  uses?(facts: FileFacts, words: ReadonlySet<string>): boolean;
}
