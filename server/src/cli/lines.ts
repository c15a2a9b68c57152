import type { Span } from "../core/text.ts";

/** From 1, columns in UTF-16 units, as editors count. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where the lines of a text start, for positions and for showing a line. */
export interface Lines {
  readonly count: number;
  positionAt(offset: number): Position;
  /** A line's text without its end; empty beyond the last. */
  line(number: number): string;
}

export const linesOf = (text: string): Lines => {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // CR alone ends a line too, as in VS Code and LSP.
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return {
    count: starts.length,
    positionAt(offset) {
      const bounded = Math.max(0, Math.min(offset, text.length));
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (starts[middle]! <= bounded) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: bounded - starts[low]! + 1 };
    },
    line(number) {
      const start = starts[number - 1];
      if (start === undefined) return "";
      return text.slice(start, starts[number] ?? text.length).replace(/[\r\n]+$/, "");
    },
  };
};

export const positionsOf = (
  lines: Lines,
  { start, end }: Span,
): { readonly start: Position; readonly end: Position } => ({
  start: lines.positionAt(start),
  end: lines.positionAt(end),
});
