/** Half-open range of UTF-16 offsets in one file. Lines and columns exist only at the borders (LSP, reports). */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span in a file. `path` is absolute, with `/`. */
export interface Place {
  readonly path: string;
  readonly span: Span;
}

export const span = (start: number, end: number): Span => ({ start, end });

export const contains = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

export const slice = (text: string, { start, end }: Span): string => text.slice(start, end);

const piece = 4096;

const fromEnd = (text: string, end: number): string => text.slice(text.length - end - piece, text.length - end);

/** The one stretch in which two texts differ, as short as can be, as it stands in each of them. */
export function difference(before: string, after: string): { readonly before: Span; readonly after: Span } {
  const shorter = Math.min(before.length, after.length);
  // Most of two texts is the same: whole pieces are compared at once as far as they go.
  let start = 0;
  while (start + piece <= shorter && before.slice(start, start + piece) === after.slice(start, start + piece))
    start += piece;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  while (same + piece <= shorter - start && fromEnd(before, same) === fromEnd(after, same)) same += piece;
  while (
    same < shorter - start &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  )
    same++;
  return { before: span(start, before.length - same), after: span(start, after.length - same) };
}
