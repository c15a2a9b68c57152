import { type Span, span } from "../core/text.ts";

export interface Parameter {
  readonly key: string;
  /** Without quotes. */
  readonly value: string;
  readonly keySpan: Span;
  /** With its quotes. */
  readonly valueSpan: Span;
}

export interface Parameters {
  readonly entries: readonly Parameter[];
  /** Where the text stops being `key=value`; PgBouncer does not start then. Absent where it is read to its end. */
  readonly broken?: Span;
}

/**
 * Reads the value of an entry in [databases], [users] or [peers] as PgBouncer does (loader.c): pairs between spaces (a tab is none), values bare
 * or in single quotes, in which a quote is doubled. Space may follow a `=`, so `host= port=5432` sets the host to `port=5432`. A value is
 * never empty. `offset` is added to every span.
 */
export const readParameters = (text: string, offset = 0): Parameters => {
  const entries: Parameter[] = [];
  let at = skipSpaces(text, 0);
  while (at < text.length) {
    pair.lastIndex = at;
    const found = pair.exec(text);
    const { key = "", gap = "", quoted, bare } = found?.groups ?? {};
    const value = quoted === undefined ? (bare ?? "") : quoted.slice(1, -1).replaceAll("''", "'");
    if (!found || value === "") return { entries, broken: span(offset + at, offset + text.length) };
    const valueStart = at + key.length + gap.length;
    const valueEnd = valueStart + (quoted ?? bare ?? "").length;
    entries.push({
      key,
      value,
      keySpan: span(offset + at, offset + at + key.length),
      valueSpan: span(offset + valueStart, offset + valueEnd),
    });
    // Whatever stands right behind a quoted value is taken for the space after it.
    at = skipSpaces(text, quoted === undefined ? valueEnd : valueEnd + 1);
  }
  return { entries };
};

const pair = /(?<key>[^= ]+)(?<gap> *= *)(?:(?<quoted>'(?:[^']|'')*')|(?<bare>[^' ][^ ]*))?/y;

const skipSpaces = (text: string, from: number): number => {
  let at = from;
  while (text[at] === " ") at += 1;
  return at;
};
