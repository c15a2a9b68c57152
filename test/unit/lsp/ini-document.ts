import { span } from "../../../server/src/core/text.ts";
import { Lines } from "../../../server/src/lsp/convert.ts";
import type { IniDocument } from "../../../server/src/lsp/ini-documents.ts";
import { type BlankEdit, formatIni } from "../../../server/src/lsp/ini-format.ts";
import { readIni } from "../../../server/src/pgbouncer/ini.ts";

export const iniOf = (text: string): IniDocument => ({ text, lines: new Lines(text), file: readIni(text) });

/** A text with `▮` where the cursor is. */
export function withCursor(marked: string): { readonly ini: IniDocument; readonly offset: number } {
  const offset = marked.indexOf("▮");
  if (offset < 0) throw new Error(`no ▮ in ${marked}`);
  return { ini: iniOf(marked.replace("▮", "")), offset };
}

/** The text after it was formatted. */
export const formatted = (text: string): string => applied(text, formatIni(text, readIni(text)));

const gaps = ["=", "\t=", "=  ", " =\t", "   =   "];
const leads = ["  ", "", "\t"];
const trails = [" ", "\t ", "", "   "];

/** The text with other blanks in every place where they should mean nothing, so that formatting has something to do. */
export function disordered(text: string): string {
  const { sections, loose } = readIni(text);
  const entries = [...loose, ...sections.flatMap((section) => section.entries)]
    .filter(({ keySpan, valueSpan }) => keySpan.end > keySpan.start && isAlone(text, keySpan.start, valueSpan.end))
    .sort((a, b) => a.keySpan.start - b.keySpan.start);
  return applied(
    text,
    entries.flatMap(({ keySpan, valueSpan }, index) => [
      { span: span(keySpan.start, keySpan.start), newText: leads[index % leads.length]! },
      { span: span(keySpan.end, valueSpan.start), newText: gaps[index % gaps.length]! },
      { span: span(valueSpan.end, valueSpan.end), newText: trails[index % trails.length]! },
    ]),
  );
}

/** Whether nothing else stands on the line. */
const isAlone = (text: string, start: number, end: number): boolean =>
  /(?:^|\n)$/.test(text.slice(0, start)) && /^(?:\r?\n|$)/.test(text.slice(end));

/** Edits in their order, none over another. */
const applied = (text: string, edits: readonly BlankEdit[]): string =>
  edits.reduceRight((whole, { span: at, newText }) => whole.slice(0, at.start) + newText + whole.slice(at.end), text);
