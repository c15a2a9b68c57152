import type { Span } from "../core/text.ts";

export interface IniEntry {
  readonly key: string;
  readonly value: string;
  readonly keySpan: Span;
  /** Without the space around it; empty at the end of the line where there is no value. */
  readonly valueSpan: Span;
  /** From 1. */
  readonly line: number;
}

export interface IniSection {
  readonly name: string;
  /** The header with its brackets. */
  readonly headerSpan: Span;
  readonly line: number;
  readonly entries: readonly IniEntry[];
}

export interface IniInclude {
  readonly file: string;
  readonly span: Span;
  readonly line: number;
  /** The section in which its entries go on. */
  readonly section: string | undefined;
}

export interface IniFile {
  readonly sections: readonly IniSection[];
  readonly includes: readonly IniInclude[];
  /** Entries before the first header, which is what an included file may hold. */
  readonly loose: readonly IniEntry[];
  /** Lines that PgBouncer cannot read; it does not start then. */
  readonly unreadable: readonly { readonly span: Span; readonly line: number }[];
}

/**
 * Reads an ini file as PgBouncer does (cfparser.c): comments only where `;` or `#` is the first sign of a line, keys of letters, digits and
 * `_.*-` or in single quotes, the value to the end of the line. A trailing comment is part of the value.
 */
export const readIni = (text: string): IniFile => {
  const sections: (IniSection & { readonly entries: IniEntry[] })[] = [];
  const includes: IniInclude[] = [];
  const loose: IniEntry[] = [];
  const unreadable: { span: Span; line: number }[] = [];
  for (const whole of lines(text)) {
    const { line, end } = whole;
    let { start } = whole;
    // PgBouncer goes on behind a header's `]`: a comment or a setting may stand on its line.
    const header = /^\[(?<name>[^\]]*)\]\s*/.exec(text.slice(start, end));
    if (header) {
      const headerSpan = { start, end: start + header[0].trimEnd().length };
      sections.push({ name: header.groups?.name ?? "", headerSpan, line, entries: [] });
      start += header[0].length;
    }
    const content = text.slice(start, end);
    if (content === "" || content.startsWith(";") || content.startsWith("#")) continue;
    const section = sections.at(-1);
    const span = { start, end };
    const file = /^%include\s+(?<file>.+)$/.exec(content)?.groups?.file;
    const entry = file === undefined ? readEntry(content, start, line) : undefined;
    if (file !== undefined) includes.push({ file, span, line, section: section?.name });
    else if (entry) (section?.entries ?? loose).push(entry);
    else unreadable.push({ span, line });
  }
  return { sections, includes, loose, unreadable };
};

const readEntry = (content: string, start: number, line: number): IniEntry | undefined => {
  const found = entryPattern.exec(content)?.groups;
  if (!found) return undefined;
  const { quoted, bare, gap = "", value = "" } = found;
  const spelt = quoted ?? bare ?? "";
  const valueStart = start + spelt.length + gap.length;
  return {
    key: quoted === undefined ? spelt : quoted.slice(1, -1).replaceAll("''", "'"),
    value,
    keySpan: { start, end: start + spelt.length },
    valueSpan: { start: valueStart, end: valueStart + value.length },
    line,
  };
};

const entryPattern = /^(?:(?<quoted>'(?:[^']|'')*')|(?<bare>[\w.*-]+))(?<gap>\s*=\s*)(?<value>.*)$/;

/** Lines without the space around them. `\r\n`, `\n`; a byte order mark counts as space, which PgBouncer would refuse. */
function* lines(text: string): Generator<Span & { readonly line: number }> {
  let at = 0;
  for (const [index, whole] of text.split("\n").entries()) {
    const trimmed = whole.trim();
    const start = at + (trimmed === "" ? 0 : whole.indexOf(trimmed.charAt(0)));
    yield { start, end: start + trimmed.length, line: index + 1 };
    at += whole.length + 1;
  }
}
