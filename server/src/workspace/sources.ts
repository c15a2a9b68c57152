import { isPython } from "../frontends/languages.ts";
import { isVanished, type WorkspaceProblem } from "./problems.ts";
import { pythonImportsOf } from "./python-imports.ts";
import { largeFile, looksBinary, looksGenerated, readLarge, readShared, searchable } from "./read.ts";
import { importsOf } from "./specifiers.ts";
import { describe } from "./walk.ts";

/** What the prefilter knows of a source. */
export interface Source {
  /** Its module specifiers, one a line. */
  readonly imports: string;
  /** It gets a handle, or the type of one, from a driver. */
  readonly seed: boolean;
}

export const toSource = (path: string, text: string): Source => {
  const { specifiers, hasHandle } = isPython(path) ? pythonImportsOf(text) : importsOf(text);
  // `join` of several copies; a slice of the text would keep the whole text in memory.
  return { imports: ["", ...specifiers].join("\n"), seed: hasHandle };
};

/** Reads a file as far as the prefilter needs; undefined for one that is left out, with the reason among the problems. */
export const readSource = (path: string, problem: (problem: WorkspaceProblem) => void): Source | undefined => {
  const setAside = (why: string): undefined => {
    problem({ path, kind: "set aside", message: `set aside: ${why}` });
  };
  try {
    let bytes = readShared(path);
    if (bytes.length > largeFile) {
      if (looksGenerated(bytes)) return setAside(generated);
      const all = readLarge(path);
      if (!all) return setAside("larger than 16 MB");
      bytes = all;
    }
    const source = toSource(path, searchable(bytes));
    if (!source.seed) return source;
    if (looksBinary(bytes)) return setAside("binary");
    if (looksGenerated(bytes)) return setAside(generated);
    return source;
  } catch (error) {
    if (!isVanished(error)) problem({ path, kind: "unreadable", message: describe(error) });
    return undefined;
  }
};

const generated = "generated: its lines are thousands of characters long";

/** A source's text for words and names alone; empty for one that cannot be read. */
export const peek = (path: string): string => {
  try {
    return searchable(readShared(path));
  } catch {
    return "";
  }
};
