import { type Span, slice, span } from "../core/text.ts";
import type { IniFile } from "../pgbouncer/ini.ts";

/** A change of blanks alone. */
export interface BlankEdit {
  readonly span: Span;
  readonly newText: string;
}

/**
 * One blank on either side of the `=` behind a key, none before a key and none at the end of a line. Nothing else changes: neither the
 * inside of a value, which PgBouncer takes as it stands, nor the words of a comment, nor a line that it cannot read.
 */
export function formatIni(text: string, file: IniFile): readonly BlankEdit[] {
  const entries = [...file.loose, ...file.sections.flatMap((section) => section.entries)];
  const starts = [
    ...file.sections.map(({ headerSpan }) => headerSpan.start),
    ...entries.map(({ keySpan }) => keySpan.start),
    ...file.includes.map((include) => include.span.start),
  ];
  const edits = [
    ...starts.map((start) => ({ span: blanksBefore(text, start), newText: "" })),
    ...entries.flatMap(({ keySpan, valueSpan }) => {
      const gap = span(keySpan.end, valueSpan.start);
      // PgBouncer reads a key of no letters, and refuses it.
      if (keySpan.start === keySpan.end || !/^[ \t]*=[ \t]*$/.test(slice(text, gap))) return [];
      return { span: gap, newText: valueSpan.end === valueSpan.start ? " =" : " = " };
    }),
    ...trailingBlanks(text, file),
  ];
  return edits
    .filter((edit) => slice(text, edit.span) !== edit.newText)
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** The blanks between the line's start and the offset; nothing where anything else stands there, a header for example. */
function blanksBefore(text: string, offset: number): Span {
  let start = offset;
  while (isBlank(text[start - 1])) start--;
  return start === 0 || text[start - 1] === "\n" ? span(start, offset) : span(offset, offset);
}

/** Half a line may be about to become a whole one: its end is left alone. */
function trailingBlanks(text: string, { unreadable }: IniFile): readonly BlankEdit[] {
  const halves = new Set(unreadable.map((half) => half.span.end));
  return [...text.matchAll(/(?<![ \t])[ \t]+(?=\r?\n|$)/g)]
    .filter(({ index }) => !halves.has(index))
    .map(({ 0: blanks, index }) => ({ span: span(index, index + blanks.length), newText: "" }));
}

const isBlank = (char: string | undefined): boolean => char === " " || char === "\t";
