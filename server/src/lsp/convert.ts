import { sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Position, Range } from "vscode-languageserver";
import { type Span, span } from "../core/text.ts";

/**
 * The only place of the server with lines and columns. Both count from 0, columns in UTF-16 code units, which are the offsets of
 * a `Span` as well. `\n`, `\r\n` and a lone `\r` end a line, as the protocol has it.
 */
export class Lines {
  readonly #text: string;
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.#text = text;
    this.#starts = lineStarts(text);
  }

  toPosition(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.#text.length));
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= at) low = middle;
      else high = middle;
    }
    return { line: low, character: at - this.#starts[low]! };
  }

  /** A position past the end of its line, or of the text, means that end. */
  fromPosition({ line, character }: Position): number {
    if (line < 0) return 0;
    if (line >= this.#starts.length) return this.#text.length;
    const start = this.#starts[line]!;
    return Math.max(start, Math.min(start + character, this.#endOf(line)));
  }

  toRange({ start, end }: Span): Range {
    return { start: this.toPosition(start), end: this.toPosition(end) };
  }

  /** The part of the span that stands on its first line: what is underlined of a call over many lines. */
  firstLine({ start, end }: Span): Span {
    return span(start, Math.max(start, Math.min(end, this.lineAt(start).end)));
  }

  fromRange({ start, end }: Range): Span {
    return span(this.fromPosition(start), this.fromPosition(end));
  }

  /** The line that holds the offset, without its end. */
  lineAt(offset: number): Span {
    const { line } = this.toPosition(offset);
    return span(this.#starts[line]!, this.#endOf(line));
  }

  #endOf(line: number): number {
    const next = this.#starts[line + 1];
    if (next === undefined) return this.#text.length;
    return this.#text.startsWith("\r\n", next - 2) ? next - 2 : next - 1;
  }
}

/** The URI of a path, as the editor would write it. */
export const toUri = (path: string): string => pathToFileURL(path).href;

/** The absolute path of a `file:` URI, with `/`; undefined for documents that are not files. */
export function fromUri(uri: string): string | undefined {
  if (!uri.startsWith("file:")) return undefined;
  try {
    const path = fileURLToPath(uri);
    return sep === "/" ? path : path.replaceAll(sep, "/");
  } catch {
    // A host on a system without UNC paths, or an escaped slash: no file of ours.
    return undefined;
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  if (text.includes("\r")) {
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 13 && text.charCodeAt(at + 1) === 10) continue;
      if (code === 10 || code === 13) starts.push(at + 1);
    }
    return starts;
  }
  // Done after each key: a search for one character takes a seventh of a look at each.
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
