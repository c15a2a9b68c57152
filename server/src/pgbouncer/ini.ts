import type { IniEntry, IniFile, IniInclude, IniSection } from "../core/ini.ts";
import { type Span, span } from "../core/text.ts";

export type { IniEntry, IniFile, IniSection } from "../core/ini.ts";

/**
 * Reads an ini file as PgBouncer does (cfparser.c): comments only where `;` or `#` is the first sign of a line, keys of letters, digits and
 * `_.*-` or in single quotes (from 1.25), the value to the end of the line. A trailing comment is part of the value.
 */
export const readIni = (text: string): IniFile => {
  const sections: (IniSection & { readonly entries: IniEntry[] })[] = [];
  const includes: IniInclude[] = [];
  const loose: IniEntry[] = [];
  const unreadable: { span: Span; line: number }[] = [];
  const comments: Span[] = [];
  for (const whole of lines(text)) {
    const { line, end } = whole;
    let { start } = whole;
    // PgBouncer goes on behind a header's `]`: a comment, a setting or another header may stand on its line.
    for (let header = headerAt(text, start, end); header; header = headerAt(text, start, end)) {
      const headerSpan = span(start, start + header.length);
      sections.push({ name: header.slice(1, -1), headerSpan, line, entries: [] });
      start = skipSpace(text, headerSpan.end, end);
    }
    const content = text.slice(start, end);
    if (content === "") continue;
    const section = sections.at(-1);
    const at = span(start, end);
    if (/^[;#]/.test(content)) {
      comments.push(at);
      continue;
    }
    const file = /^%include[ \t]+(?<file>.+)$/.exec(content)?.groups?.file;
    const entry = file === undefined ? readEntry(content, start, line) : undefined;
    if (file !== undefined) includes.push({ file, span: at, line, section: section?.name });
    else if (entry) (section?.entries ?? loose).push(entry);
    else unreadable.push({ span: at, line });
  }
  return { sections, includes, loose, unreadable, comments };
};

/** The header that stands at an offset, with its brackets. */
const headerAt = (text: string, start: number, end: number): string | undefined =>
  text[start] === "[" ? /^\[[^\]]*\]/.exec(text.slice(start, end))?.[0] : undefined;

const readEntry = (content: string, start: number, line: number): IniEntry | undefined => {
  const found = entryPattern.exec(content)?.groups;
  if (!found) return undefined;
  const { quoted, bare, gap = "", value = "" } = found;
  const spelt = quoted ?? bare ?? "";
  const valueStart = start + spelt.length + gap.length;
  return {
    key: quoted === undefined ? spelt : quoted.slice(1, -1),
    value,
    keySpan: span(start, start + spelt.length),
    valueSpan: span(valueStart, valueStart + value.length),
    line,
  };
};

// A key may be empty: PgBouncer looks for a setting without a name then.
const entryPattern = /^(?:(?<quoted>'[^']+')|(?<bare>[A-Za-z0-9_.*-]*))(?<gap>[ \t]*=[ \t]*)(?<value>.*)$/;

/** C's isspace, without the end of a line. */
const isSpace = (sign: string | undefined): boolean => sign !== undefined && /[ \t\v\f\r]/.test(sign);

const skipSpace = (text: string, from: number, end: number): number => {
  let at = from;
  while (at < end && isSpace(text[at])) at += 1;
  return at;
};

/** Lines without the space around them. A byte order mark stays: PgBouncer cannot read the line then. */
function* lines(text: string): Generator<Span & { readonly line: number }> {
  let at = 0;
  for (let line = 1; at <= text.length; line++) {
    const found = text.indexOf("\n", at);
    const whole = found < 0 ? text.length : found;
    const start = skipSpace(text, at, whole);
    let end = whole;
    while (end > start && isSpace(text[end - 1])) end -= 1;
    yield { start, end, line };
    at = whole + 1;
  }
}
