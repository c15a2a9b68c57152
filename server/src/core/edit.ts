import type { FileFacts } from "./facts.ts";
import type { ObjectSite } from "./model.ts";
import type { Edit } from "./rule.ts";
import { type Span, slice, span } from "./text.ts";

/**
 * Changes of one file's text, in the style of the text around them: line ends, indentation, quotes, trailing commas.
 * Every function returns edits that do not overlap; edits of several functions may be joined where their spans are apart.
 */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** How the file is written, for code that is put into it. */
export interface Style {
  readonly newline: "\n" | "\r\n";
  /** One step of indentation. */
  readonly unit: string;
  readonly quote: '"' | "'";
  /** `;`, or nothing where the file goes without. */
  readonly semicolon: ";" | "";
}

export function styleOf(text: string): Style {
  let known = styles.get(text);
  if (known === undefined) {
    known = readStyle(text);
    styles.set(text, known);
    if (styles.size > mostStyles) styles.delete(styles.keys().next().value!);
  }
  return known;
}

/** One file gets several fixes, one after the other. */
const styles = new Map<string, Style>();
const mostStyles = 8;

function readStyle(text: string): Style {
  let tabs = 0;
  let blanks = 0;
  let narrowest = Number.POSITIVE_INFINITY;
  let ends = 0;
  let ended = 0;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    let code = start;
    while (text[code] === " " || text[code] === "\t") code++;
    let last = end - 1;
    while (last >= code && isBlank(text[last])) last--;
    if (last >= code) {
      if (text[start] === "\t") tabs++;
      else if (code > start) {
        blanks++;
        // The lines of a doc comment are indented by one.
        if (code - start > 1) narrowest = Math.min(narrowest, code - start);
      }
      if (/[\w)\]"'`;]/.test(text[last]!)) ends++;
      if (text[last] === ";") ended++;
    }
    start = end + 1;
  }
  return {
    newline: text.includes("\r\n") ? "\r\n" : "\n",
    unit: tabs > blanks ? "\t" : " ".repeat(Number.isFinite(narrowest) ? Math.min(narrowest, 8) : 2),
    quote: text.split("'").length > text.split('"').length ? "'" : '"',
    semicolon: ended * 4 >= ends ? ";" : "",
  };
}

const isBlank = (character: string | undefined): boolean => character !== undefined && /\s/.test(character);

export const quoted = (value: string, { quote }: Style): string =>
  quote + value.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`) + quote;

export const replace = ({ path }: Source, at: Span, newText: string): Edit => ({ path, span: at, newText });

export const insert = (source: Source, offset: number, newText: string): Edit =>
  replace(source, span(offset, offset), newText);

/** The white space before the first character of the line that holds the offset. */
export function indentAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  return /^[ \t]*/.exec(text.slice(start))![0];
}

/** Adds entries (`max: 5`) at the end of an object literal. */
export function insertProperties(
  source: Source,
  site: Pick<ObjectSite, "span" | "entries">,
  properties: readonly string[],
): Edit[] {
  const { text } = source;
  const { newline, unit } = styleOf(text);
  const last = site.entries.at(-1);
  if (!last) return [replace(source, span(site.span.start + 1, site.span.end - 1), ` ${properties.join(", ")} `)];

  const multiline = text.slice(site.span.start, site.entries[0]!.span.start).includes("\n");
  if (!multiline) return [insert(source, last.span.end, properties.map((property) => `, ${property}`).join(""))];

  const first = site.entries[0]!.span.start;
  const indent = ownsLineStart(text, first) ? indentAt(text, first) : indentAt(text, site.span.start) + unit;
  const lines = properties
    .map((property) => newline + indent + property.replaceAll(/\r?\n/g, newline + indent))
    .join(",");
  const tail = /^(\s*,)?([ \t]*\/[/*][^\r\n]*)?/.exec(text.slice(last.span.end, site.span.end))!;
  // A comment at the end of the line speaks of the entry before it and stays there.
  if (!tail[2]) return [insert(source, last.span.end, `,${lines}`)];
  const afterComment = last.span.end + tail[0].length;
  return tail[1]
    ? [insert(source, afterComment, `${lines},`)]
    : [insert(source, last.span.end, ","), insert(source, afterComment, lines)];
}

/** Takes an entry out of an object literal, with its comma and, where it stands alone there, its line. */
export function removeProperty(source: Source, site: Pick<ObjectSite, "span" | "entries">, entry: Span): Edit {
  const { text } = source;
  const after = /^\s*,/.exec(text.slice(entry.end, site.span.end))?.[0].length ?? 0;
  const ownLine = ownsLineStart(text, entry.start) && /^[ \t]*\r?\n/.test(text.slice(entry.end + after));
  if (ownLine) return replace(source, wholeLines(text, span(entry.start, entry.end + after)), "");
  if (after > 0) return replace(source, span(entry.start, entry.end + after + spaces(text, entry.end + after)), "");
  const inner = span(site.span.start + 1, site.span.end - 1);
  const isAlone = text.slice(inner.start, entry.start).trim() + text.slice(entry.end, inner.end).trim() === "";
  if (isAlone) return replace(source, inner, "");
  const before = /,\s*$/.exec(text.slice(site.span.start, entry.start))?.[0].length ?? 0;
  return replace(source, span(entry.start - before, entry.end), "");
}

/** Adds an argument at the end of a call's parentheses; a `new Pool` without them gets some. */
export function addArgument(source: Source, parentheses: Span, argument: string): Edit {
  const inner = slice(source.text, parentheses).slice(1, -1);
  if (parentheses.start === parentheses.end) return insert(source, parentheses.end, `(${argument})`);
  if (inner.trim() === "") return replace(source, parentheses, `(${argument})`);
  const end = parentheses.start + 1 + inner.trimEnd().length;
  return insert(source, end, inner.trimEnd().endsWith(",") ? ` ${argument}` : `, ${argument}`);
}

/** Adds a query parameter at the end of a URL that stands in a string or template literal. */
export function addQueryParameter(source: Source, literal: Span, name: string, value: string): Edit | undefined {
  const text = slice(source.text, literal);
  if (!/^["'`]/.test(text)) return undefined;
  const separator = !text.includes("?") ? "?" : /[?&]["'`]$/.test(text) ? "" : "&";
  return insert(source, literal.end - 1, `${separator}${name}=${encodeURIComponent(value)}`);
}

/** Puts a statement on its own line before another one. */
export function insertBefore(source: Source, statement: Span, code: string): Edit {
  const { newline } = styleOf(source.text);
  const indent = indentAt(source.text, statement.start);
  return insert(source, statement.start, indented(code, indent, newline) + newline + indent);
}

/** Puts a statement on its own line after another one, and after a comment that ends that one's line. */
export function insertAfter(source: Source, statement: Span, code: string): Edit {
  const { newline } = styleOf(source.text);
  const indent = indentAt(source.text, statement.start);
  const comment = /^[ \t]*(?:\/\/|#)[^\r\n]*/.exec(source.text.slice(statement.end))?.[0].length ?? 0;
  return insert(source, statement.end + comment, newline + indent + indented(code, indent, newline));
}

/** Puts a statement at the start of a block. */
export function insertFirst(source: Source, braces: Span, code: string): Edit {
  const { newline, unit } = styleOf(source.text);
  const outer = indentAt(source.text, braces.start);
  const inner = newline + outer + unit + indented(code, outer + unit, newline);
  const rest = source.text.slice(braces.start + 1, braces.end);
  // `catch (error) {}` and `{ release(); }` are opened up.
  return insert(
    source,
    braces.start + 1,
    /^[ \t]*\r?\n/.test(rest) ? inner : inner + newline + outer + (rest.trim() === "}" ? "" : unit),
  );
}

/** Puts a statement at the end of a block. */
export function insertLast(source: Source, braces: Span, code: string): Edit {
  const { newline, unit } = styleOf(source.text);
  const outer = indentAt(source.text, braces.start);
  const end = braces.start + 1 + slice(source.text, braces).slice(1, -1).trimEnd().length;
  return replace(
    source,
    span(end, braces.end - 1),
    newline + outer + unit + indented(code, outer + unit, newline) + newline + outer,
  );
}

/** Removes a statement with its line, where nothing else stands there. */
export function removeStatement(source: Source, statement: Span): Edit {
  const { text } = source;
  const alone = ownsLineStart(text, statement.start) && /^[ \t]*(\r?\n|$)/.test(text.slice(statement.end));
  return replace(source, alone ? wholeLines(text, statement) : statement, "");
}

/** Moves the lines of a span one step to the right. Lines that begin inside a text (`SELECT …` over several lines) stay. */
export function indentLines(source: Source, facts: FileFacts, lines: Span): Edit[] {
  const { text } = source;
  const { unit } = styleOf(text);
  const texts = multilineTexts(facts, text, span(lineStart(text, lines.start), lines.end));
  const edits: Edit[] = [];
  for (let at = lineStart(text, lines.start); at < lines.end; at = text.indexOf("\n", at) + 1) {
    const inText = texts.some(({ start, end }) => start < at && at < end);
    const blank = /^[ \t]*\r?$/m.exec(text.slice(at))?.index === 0;
    if (!inText && !blank) edits.push(insert(source, at, unit));
    if (text.indexOf("\n", at) < 0) break;
  }
  return edits;
}

/**
 * Puts code before and after a run of statements and moves them one step to the right (`try {` … `} catch {` …). The statements in
 * `without`, which stand in the run or in one of its statements, go.
 */
export function wrapStatements(
  source: Source,
  facts: FileFacts,
  statements: readonly Span[],
  { head, tail }: { readonly head: string; readonly tail: string },
  without: readonly Span[] = [],
): Edit[] {
  const kept = statements.filter((each) => !without.some(({ start }) => start === each.start));
  const start = kept[0]?.start;
  if (start === undefined) return [];
  const { newline } = styleOf(source.text);
  const indent = indentAt(source.text, start);
  const run = span(start, kept.at(-1)!.end);
  const removals = without.map((each) => removeStatement(source, each));
  const isGone = ({ span: at }: Edit) =>
    removals.some((each) => each.span.start <= at.start && at.start < each.span.end);
  const [first, ...lines] = indentLines(source, facts, run);
  if (!first) return [];
  const opening = replace(source, first.span, `${indent}${indented(head, indent, newline)}${newline}${first.newText}`);
  const comment = /^[ \t]*\/\/[^\r\n]*/.exec(source.text.slice(run.end))?.[0].length ?? 0;
  const closing = insert(source, run.end + comment, newline + indent + indented(tail, indent, newline));
  return [opening, ...lines.filter((line) => !isGone(line)), closing, ...removals];
}

/** Every line after the first gets the indentation; empty ones stay empty. */
const indented = (code: string, indent: string, newline: string): string =>
  code
    .split(/\r?\n/)
    .map((line, index) => (index === 0 || line === "" ? line : indent + line))
    .join(newline);

/** The text after the edits, which must not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => b.edit.span.start - a.edit.span.start || b.edit.span.end - a.edit.span.end || b.index - a.index);
  let result = text;
  for (const { edit } of ordered)
    result = result.slice(0, edit.span.start) + edit.newText + result.slice(edit.span.end);
  return result;
}

/** Texts over several lines that have lines in a span. */
function multilineTexts(facts: FileFacts, text: string, lines: Span): Span[] {
  const found: Span[] = [];
  for (const each of facts.functions) {
    if (each.span.end < lines.start || each.span.start > lines.end) continue;
    for (const { instructions } of each.blocks) {
      for (const { op, span: at } of instructions) {
        if ((op === "literal" || op === "template") && at.end > lines.start && at.start < lines.end)
          if (slice(text, at).includes("\n")) found.push(at);
      }
    }
  }
  return found;
}

const lineStart = (text: string, offset: number): number => text.lastIndexOf("\n", offset - 1) + 1;

const ownsLineStart = (text: string, offset: number): boolean =>
  text.slice(lineStart(text, offset), offset).trim() === "";

const spaces = (text: string, offset: number): number => /^[ \t]*/.exec(text.slice(offset))![0].length;

function wholeLines(text: string, { start, end }: Span): Span {
  const next = text.indexOf("\n", end);
  return span(lineStart(text, start), next < 0 ? text.length : next + 1);
}
