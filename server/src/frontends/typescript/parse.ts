import { ts } from "ts-morph";
import { difference } from "../../core/text.ts";

/** A syntax tree without parent pointers. Text that overflows the parser's stack gives an empty tree. */
export function parse(path: string, text: string): ts.SourceFile {
  try {
    return ts.createSourceFile(path, text, options(path, text), false, scriptKind(path));
  } catch (error) {
    // The parser recurses: a thousand nested brackets are enough.
    if (error instanceof RangeError) return ts.createSourceFile(path, "", options(path, ""), false, scriptKind(path));
    throw error;
  }
}

/**
 * Parses the same files again and again: what did not change between two texts is not parsed again. A tree is kept from the second text on,
 * so a scan of a whole workspace holds none; and for a few files only, as people edit a few at a time.
 */
export class Parser {
  readonly #seen = new Set<string>();
  /** In the order of their last use. */
  readonly #last = new Map<string, ts.SourceFile>();

  /** The tree of the newest text. Trees given out earlier for the path must no longer be read. */
  parse(path: string, text: string): ts.SourceFile {
    const last = this.#last.get(path);
    const source = last ? update(path, last, text) : parse(path, text);
    if (!this.#seen.has(path)) {
      this.#seen.add(path);
      return source;
    }
    this.#last.delete(path);
    this.#last.set(path, source);
    if (this.#last.size > mostTrees) this.#last.delete(this.#last.keys().next().value!);
    return source;
  }
}

const mostTrees = 8;

function update(path: string, last: ts.SourceFile, text: string): ts.SourceFile {
  if (last.text === text) return last;
  // A tree keeps the mode that it was made in.
  if (docMode(path, last.text) !== docMode(path, text)) return parse(path, text);
  try {
    return last.update(text, changeBetween(last.text, text));
  } catch (error) {
    if (error instanceof RangeError) return parse(path, text);
    throw error;
  }
}

function changeBetween(text: string, next: string): ts.TextChangeRange {
  const { before, after } = difference(text, next);
  return ts.createTextChangeRange(ts.createTextSpan(before.start, before.end - before.start), after.end - after.start);
}

function options(path: string, text: string): ts.CreateSourceFileOptions {
  const mode = docMode(path, text);
  return { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: mode };
}

/** Doc comments carry types in JavaScript alone, and where none of them does, reading them is wasted. */
function docMode(path: string, text: string): ts.JSDocParsingMode {
  const carriesTypes =
    /\.[mc]?jsx?$/i.test(path) && ["@param", "@type", "@return", "@import"].some((tag) => text.includes(tag));
  return carriesTypes ? ts.JSDocParsingMode.ParseAll : ts.JSDocParsingMode.ParseNone;
}

function scriptKind(path: string): ts.ScriptKind {
  const extension = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  switch (extension) {
    case "tsx":
      return ts.ScriptKind.TSX;
    case "js":
    case "jsx":
    case "mjs":
    case "cjs":
      return ts.ScriptKind.JSX;
    default:
      return ts.ScriptKind.TS;
  }
}
