/**
 * `.gitignore` as git reads it, for a walk that goes from the root down: a path is asked about after its folder was let through, so
 * only its own name and its path below each `.gitignore` are matched, never its parents again. Most patterns are a plain name, a plain
 * path or an extension; they are looked up, and only the rest costs a RegExp.
 */

interface Pattern {
  readonly ignores: boolean;
  readonly foldersOnly: boolean;
}

/** The patterns of one `.gitignore`. Where several match, the last one decides. */
interface Level {
  readonly parent: Level | undefined;
  /** Length of the folder's path with its final slash. */
  readonly baseLength: number;
  readonly patterns: readonly Pattern[];
  /** Indexes of patterns that are a plain name, by name. */
  readonly names: ReadonlyMap<string, readonly number[]>;
  /** Indexes of patterns that are a plain path, by path. */
  readonly paths: ReadonlyMap<string, readonly number[]>;
  /** Indexes of patterns of the form `*.ext`, by what follows the star. */
  readonly endings: ReadonlyMap<string, readonly number[]>;
  /** Every other pattern, with what it is matched against. */
  readonly shapes: readonly Shape[];
  /** All of the shapes that are matched against a name, and against a path: nearly every entry is let through by one RegExp instead of thirty. */
  readonly anyOfName: RegExp | undefined;
  readonly anyOfPath: RegExp | undefined;
}

interface Shape {
  readonly index: number;
  readonly on: "name" | "path";
  readonly shape: RegExp;
}

export type IgnoreLevel = Level;

export type EntryKind = "folder" | "file";

/** The rules in force below `folder` (absolute, with a final slash) once its `.gitignore` is read. */
export const withIgnoreFile = (parent: Level | undefined, folder: string, text: string): Level | undefined => {
  const patterns: Pattern[] = [];
  const names = new Map<string, number[]>();
  const paths = new Map<string, number[]>();
  const endings = new Map<string, number[]>();
  const shapes: Shape[] = [];
  for (const line of text.split(/\r?\n/)) {
    const read = readPattern(line);
    if (!read) continue;
    const index = patterns.push(read.pattern) - 1;
    // `**/name` says no more than `name`.
    const glob = read.glob.replace(/^(?:\*\*\/)+(?=[^/]+$)/, "");
    const isPlain = !/[*?[\\]/.test(glob);
    if (glob.includes("/")) {
      const path = glob.replace(/^\//, "");
      if (isPlain) append(paths, path, index);
      else shapes.push({ index, on: "path", shape: toRegExp(path) });
    } else if (isPlain) append(names, glob, index);
    else if (/^\*\.[^*?[\\.]+$/.test(glob)) append(endings, glob.slice(1), index);
    else shapes.push({ index, on: "name", shape: toRegExp(glob) });
  }
  if (!patterns.length) return parent;
  const anyOfName = anyOf(shapes.filter(({ on }) => on === "name"));
  const anyOfPath = anyOf(shapes.filter(({ on }) => on === "path"));
  return { parent, baseLength: folder.length, patterns, names, paths, endings, shapes, anyOfName, anyOfPath };
};

const anyOf = (shapes: readonly Shape[]): RegExp | undefined =>
  shapes.length ? new RegExp(shapes.map(({ shape }) => `(?:${shape.source})`).join("|"), "su") : undefined;

/** True where git would leave the entry out. `path` is absolute; its folder is known not to be ignored. */
export const isIgnored = (level: Level | undefined, path: string, name: string, kind: EntryKind): boolean => {
  for (let at = level; at; at = at.parent) {
    const decision = decide(at, path, name, kind);
    if (decision !== undefined) return decision;
  }
  return false;
};

const decide = (level: Level, path: string, name: string, kind: EntryKind): boolean | undefined => {
  let last = lastOf(level, level.names.get(name), kind);
  if (level.endings.size) {
    const dot = name.lastIndexOf(".");
    if (dot >= 0) last = Math.max(last, lastOf(level, level.endings.get(name.slice(dot)), kind));
  }
  const below = level.anyOfPath || level.paths.size ? path.slice(level.baseLength) : undefined;
  if (below !== undefined && level.paths.size) last = Math.max(last, lastOf(level, level.paths.get(below), kind));
  const mayMatch = level.anyOfName?.test(name) || (level.anyOfPath?.test(below!) ?? false);
  for (let i = mayMatch ? level.shapes.length - 1 : -1; i >= 0; i--) {
    const { index, on, shape } = level.shapes[i]!;
    if (index <= last) break;
    if (kind === "file" && level.patterns[index]!.foldersOnly) continue;
    if (!shape.test(on === "name" ? name : below!)) continue;
    last = index;
    break;
  }
  return last < 0 ? undefined : level.patterns[last]!.ignores;
};

/** The last of some patterns that speaks of entries of this kind; -1 where none does. */
const lastOf = (level: Level, indexes: readonly number[] | undefined, kind: EntryKind): number => {
  for (let i = (indexes?.length ?? 0) - 1; i >= 0; i--) {
    const index = indexes![i]!;
    if (kind === "folder" || !level.patterns[index]!.foldersOnly) return index;
  }
  return -1;
};

const readPattern = (line: string): { readonly pattern: Pattern; readonly glob: string } | undefined => {
  // Trailing blanks count only when escaped.
  let glob = line.replace(/(?<!\\) +$/, "");
  if (!glob || glob.startsWith("#")) return undefined;
  const ignores = !glob.startsWith("!");
  if (!ignores) glob = glob.slice(1);
  const foldersOnly = glob.endsWith("/");
  if (foldersOnly) glob = glob.slice(0, -1);
  if (!glob || glob === "/") return undefined;
  return { pattern: { ignores, foldersOnly }, glob };
};

/** A glob as git's `wildmatch` reads it with `WM_PATHNAME`. A malformed one matches nothing. */
const toRegExp = (glob: string): RegExp => {
  let source = "^";
  let i = 0;
  while (i < glob.length) {
    const char = glob[i]!;
    if (char === "*") {
      const from = i;
      while (glob[i] === "*") i++;
      const fillsSegment =
        i - from > 1 && (from === 0 || glob[from - 1] === "/") && (i === glob.length || glob[i] === "/");
      if (!fillsSegment) source += "[^/]*";
      else if (i === glob.length) source += from === 0 ? ".*" : ".+";
      else {
        source += "(?:[^/]+/)*";
        i++;
      }
    } else if (char === "?") {
      source += "[^/]";
      i++;
    } else if (char === "[") {
      const set = readSet(glob, i);
      if (!set) return /(?!)/;
      source += set.source;
      i = set.end;
    } else if (char === "\\") {
      if (i + 1 === glob.length) return /(?!)/;
      source += literally(glob[i + 1]!);
      i += 2;
    } else {
      source += literally(char);
      i++;
    }
  }
  try {
    return new RegExp(`${source}$`, "su");
  } catch {
    // A range that runs backwards: git matches nothing with it.
    return /(?!)/;
  }
};

const classes: Readonly<Record<string, string>> = {
  alnum: "0-9A-Za-z",
  alpha: "A-Za-z",
  blank: " \\t",
  cntrl: "\\x00-\\x1f\\x7f",
  digit: "0-9",
  graph: "!-~",
  lower: "a-z",
  print: " -~",
  punct: "!-\\/:-@\\[-`{-~",
  space: "\\s",
  upper: "A-Z",
  xdigit: "0-9A-Fa-f",
};

const readSet = (glob: string, start: number): { readonly source: string; readonly end: number } | undefined => {
  let i = start + 1;
  const negated = glob[i] === "!" || glob[i] === "^";
  if (negated) i++;
  let inside = "";
  for (let first = true; first || glob[i] !== "]"; first = false) {
    if (i >= glob.length) return undefined;
    const named = /^\[:([a-z]+):\]/.exec(glob.slice(i));
    if (named) {
      inside += classes[named[1]!] ?? "";
      i += named[0].length;
      continue;
    }
    if (glob[i] === "\\") i++;
    if (i >= glob.length) return undefined;
    const isRange = glob[i] === "-" && !first && glob[i + 1] !== "]";
    inside += isRange ? "-" : literallyInSet(glob[i]!);
    i++;
  }
  return { source: `(?!/)[${negated ? "^" : ""}${inside}]`, end: i + 1 };
};

const literally = (char: string): string => char.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");
const literallyInSet = (char: string): string => char.replace(/[\\\]^[-]/, "\\$&");

const append = (map: Map<string, number[]>, key: string, index: number): void => {
  const list = map.get(key);
  if (list) list.push(index);
  else map.set(key, [index]);
};
