import { isOfWord } from "../workspace/specifiers.ts";
import type { Look } from "./language.ts";
import type { Finder, WordKind } from "./own-words.ts";

type Words = (kind: WordKind) => ReadonlySet<string> | undefined;

/** Finds the tests that use some of the project's words: by import, by calling them, as members, as base classes. */
export function pythonFinder(words: Words): Finder {
  const kinds = kindsOf(words);
  const bases = words("base") ?? new Set();
  // Looking at every word of a text is cheap as long as only those are cut out that may be one of ours.
  const marks = new Uint8Array(marksSize);
  for (const name of kinds.keys()) marks[hashOf(name)] = 1;
  return (look) =>
    (bases.size > 0 && basesIn(look.text).some((name) => bases.has(name))) ||
    (kinds.size > 0 && (imports(look, kinds) || new Occurrences(look, kinds).any(marks)));
}

/** By name, the kinds of words that it is. A method that takes something has a dot before its name. */
type Kinds = ReadonlyMap<string, ReadonlySet<WordKind | "taking method">>;

function kindsOf(words: Words): Kinds {
  const kinds = new Map<string, Set<WordKind | "taking method">>();
  const add = (name: string, kind: WordKind | "taking method"): void => {
    const known = kinds.get(name);
    if (known) known.add(kind);
    else kinds.set(name, new Set([kind]));
  };
  for (const kind of ["name", "giving", "member", "result", "taking"] as const)
    for (const name of words(kind) ?? [])
      if (kind === "taking" && name.startsWith(".")) add(name.slice(1), "taking method");
      else add(name, kind);
  return kinds;
}

const marksSize = 1 << 14;

function hashOf(name: string): number {
  let hash = 0;
  for (let at = 0; at < name.length; at++) hash = (Math.imul(hash, 31) + name.charCodeAt(at)) | 0;
  return hash & (marksSize - 1);
}

function imports({ specifiers }: Look, kinds: Kinds): boolean {
  return specifiers.some((one) => {
    const known = kinds.get(lastOf(one));
    return known !== undefined && (known.has("name") || known.has("giving"));
  });
}

const lastOf = (specifier: string): string => specifier.slice(specifier.lastIndexOf(".") + 1);

function basesIn(text: string): readonly string[] {
  const lists = [...text.matchAll(/\bclass\s+\w+\s*\(([^)]*)\)/g)].map(([, list = ""]) => list);
  return lists.flatMap((list) => list.match(/[A-Za-z_]\w*/g) ?? []);
}

/** The places of one text where a word of the project may stand. */
class Occurrences {
  private modules: ReadonlySet<string> | undefined;
  private isStarred: boolean | undefined;

  constructor(
    private readonly look: Look,
    private readonly kinds: Kinds,
  ) {}

  /** Imperative, and without a RegExp: it looks at each letter of every test of a workspace. */
  any(marks: Uint8Array): boolean {
    const { text } = this.look;
    for (let at = 0; at < text.length; at++) {
      let code = text.charCodeAt(at);
      if (!isOfWord(code)) continue;
      const start = at;
      let hash = 0;
      while (isOfWord(code)) {
        hash = (Math.imul(hash, 31) + code) | 0;
        code = text.charCodeAt(++at);
      }
      if (marks[hash & (marksSize - 1)] === 1 && this.isUse(start, at)) return true;
    }
    return false;
  }

  private isUse(start: number, end: number): boolean {
    const { text } = this.look;
    const kinds = this.kinds.get(text.slice(start, end));
    if (kinds === undefined) return false;
    const isMember = text.charCodeAt(start - 1) === dot;
    const isCalled = text.charCodeAt(end) === opening;
    const isOfModule = isMember ? this.isModule(wordBefore(text, start - 1)) : isCalled && this.importsAll();
    if (isOfModule && (kinds.has("name") || kinds.has("giving"))) return true;
    if (isMember ? kinds.has("member") || kinds.has("result") : isCalled && kinds.has("result")) return true;
    const takes = (isMember && kinds.has("taking method")) || ((!isMember || isOfModule) && kinds.has("taking"));
    return takes && isCalled && isGivenHandle(text, end);
  }

  private importsAll(): boolean {
    this.isStarred ??= /\bimport[ \t]*\*/.test(this.look.text);
    return this.isStarred;
  }

  /** Whether a name is that of something imported. */
  private isModule(name: string): boolean {
    if (this.modules === undefined) {
      const { text, specifiers } = this.look;
      const aliases = [...text.matchAll(/\bas[ \t]+(\w+)/g)].map(([, alias = ""]) => alias);
      this.modules = new Set([...specifiers.map(lastOf), ...aliases]);
    }
    return this.modules.has(name);
  }
}

/** The word that ends at an offset. */
function wordBefore(text: string, end: number): string {
  let start = end;
  while (start > 0 && isOfWord(text.charCodeAt(start - 1))) start--;
  return text.slice(start, end);
}

/** Whether something in the brackets that open at an offset has the name of a handle. */
function isGivenHandle(text: string, bracket: number): boolean {
  let depth = 0;
  let end = bracket;
  for (; end < text.length && end - bracket < maximumArguments; end++) {
    const code = text.charCodeAt(end);
    if (code === opening) depth++;
    else if (code === closing && --depth === 0) break;
  }
  return handle.test(text.slice(bracket, end));
}

/** Names that people give to handles, and to what makes them. */
const handle = /(?:session|conn|engine|pool|cur\b|cursor|database|db|transaction|maker|client|uow)/i;

const dot = 46;
const opening = 40;
const closing = 41;
/** In longer arguments nobody looks for a handle. */
const maximumArguments = 1_000;
