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
