import type { Span } from "../core/text.ts";

export interface ConninfoEntry {
  readonly key: string;
  /** Without quotes and escapes. */
  readonly value: string;
  readonly keySpan: Span;
  /** With its quotes. */
  readonly valueSpan: Span;
}

export interface Conninfo {
  readonly entries: readonly ConninfoEntry[];
  /** Where the text stops being `key=value`; absent where it is read to its end. */
  readonly brokenAt?: number;
}

/**
 * Reads `key=value` pairs as libpq and PgBouncer's [databases] do: values bare or in single quotes, quotes doubled (PgBouncer) or with
 * a backslash (libpq). `offset` is added to every span.
 */
export const readConninfo = (text: string, offset = 0): Conninfo => {
  const entries: ConninfoEntry[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    pair.lastIndex = at;
    const found = pair.exec(text);
    if (!found?.groups) return { entries, brokenAt: offset + at };
    const { key = "", gap = "", quoted, bare } = found.groups;
    const valueStart = at + key.length + gap.length;
    entries.push({
      key,
      value: quoted === undefined ? (bare ?? "").replace(/\\(.)/g, "$1") : unquote(quoted),
      keySpan: { start: offset + at, end: offset + at + key.length },
      valueSpan: { start: offset + valueStart, end: offset + pair.lastIndex },
    });
    at = skipSpace(text, pair.lastIndex);
  }
  return { entries };
};

const pair = /(?<key>[\w.-]+)(?<gap>\s*=\s*)(?:(?<quoted>'(?:[^'\\]|\\.|'')*')|(?<bare>[^\s'][^\s]*)?)/y;

const skipSpace = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
  return at;
};

const unquote = (text: string): string => text.slice(1, -1).replaceAll("''", "'").replace(/\\(.)/g, "$1");
