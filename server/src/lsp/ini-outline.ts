import type { DocumentSymbol, FoldingRange } from "vscode-languageserver";
import { contains, type Span, slice, span } from "../core/text.ts";
import type { IniEntry, IniSection } from "../pgbouncer/ini.ts";
import type { IniDocument } from "./ini-documents.ts";
import { FoldingRangeKind, SymbolKind } from "./library.ts";

/** Sections with their entries; what stands before the first header, as in an included file, is at the top. */
export function iniSymbols(ini: IniDocument): DocumentSymbol[] {
  const { file, lines, text } = ini;
  const includes = file.includes.map((include) => ({
    span: include.span,
    symbol: named(`%include ${include.file}`, SymbolKind.File, include.span, include.span),
  }));
  const extents = file.sections.map((section, index) => extentOf(section, file.sections[index + 1], text));
  const sections = file.sections.map((section, index): DocumentSymbol => {
    const extent = extents[index]!;
    const kind = section.name === "pgbouncer" ? SymbolKind.Property : SymbolKind.Object;
    return {
      ...named(slice(text, section.headerSpan), SymbolKind.Namespace, extent, section.headerSpan),
      children: inOrder([
        ...section.entries.map((entry) => ofEntry(entry, kind)),
        ...includes.filter((include) => contains(extent, include.span)).map((include) => include.symbol),
      ]),
    };
  });
  const loose = includes.filter((include) => !extents.some((extent) => contains(extent, include.span)));
  return inOrder([
    ...file.loose.map((entry) => ofEntry(entry, SymbolKind.Property)),
    ...loose.map((include) => include.symbol),
    ...sections,
  ]);

  /** Without its value: an outline is no place for a password. */
  function ofEntry({ keySpan, valueSpan }: IniEntry, kind: SymbolKind): DocumentSymbol {
    return named(slice(text, keySpan) || "=", kind, span(keySpan.start, Math.max(keySpan.end, valueSpan.end)), keySpan);
  }

  function named(name: string, kind: SymbolKind, whole: Span, own: Span): DocumentSymbol {
    return { name, kind, range: lines.toRange(whole), selectionRange: lines.toRange(own) };
  }
}

/** Sections, and comments of more than one line. */
export function iniFolds({ file, lines, text }: IniDocument): FoldingRange[] {
  const sections = file.sections.map((section, index) =>
    lines.toRange(extentOf(section, file.sections[index + 1], text)),
  );
  const comments = [...text.matchAll(/(?:^[ \t]*[;#].*$\r?\n?){2,}/gm)].map(({ 0: block, index }) =>
    lines.toRange(span(index, index + block.trimEnd().length)),
  );
  return [
    ...sections.map(({ start, end }) => ({ startLine: start.line, endLine: end.line })),
    ...comments.map(({ start, end }) => ({
      startLine: start.line,
      endLine: end.line,
      kind: FoldingRangeKind.Comment,
    })),
  ].filter(({ startLine, endLine }) => endLine > startLine);
}

/** From the header to the last line before the next one, without the comments and blank lines that lead to that. */
function extentOf(section: IniSection, next: IniSection | undefined, text: string): Span {
  const { start, end } = section.headerSpan;
  const rest = text.slice(end, next?.headerSpan.start ?? text.length);
  const led = next ? rest.replace(/(?:^[ \t]*(?:[;#].*)?\r?\n)+[ \t]*$/m, "") : rest;
  return span(start, end + led.trimEnd().length);
}

const inOrder = (symbols: readonly DocumentSymbol[]): DocumentSymbol[] =>
  symbols.toSorted(({ range: { start: a } }, { range: { start: b } }) => a.line - b.line || a.character - b.character);
