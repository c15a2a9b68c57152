import type { Span } from "../core/text.ts";
import { type Building, building, put, Scanner, settle } from "./scanner.ts";
import type { Tree } from "./tree.ts";

/**
 * Reads a TOML file as far as it can be read: tables, arrays of tables, dotted and quoted keys, every kind of text, arrays, inline tables.
 * Dates are texts. Never throws; a line that is no TOML is passed over.
 */
export const readToml = (text: string): Tree => {
  const scanner = new Scanner(text, "hash");
  const root = building({ start: 0, end: text.length });
  let table = root;
  for (scanner.skipAll(); !scanner.atEnd; scanner.skipAll()) {
    const start = scanner.at;
    const opening = scanner.take(/\[\[?/y);
    if (opening !== undefined) {
      const keys = readKeys(scanner);
      if (keys.length > 0 && scanner.take(/[ \t]*\]\]?/y) !== undefined)
        table = open(root, keys, opening === "[[" ? "append" : "go in");
      scanner.skipLine();
      continue;
    }
    const keys = readKeys(scanner);
    if (keys.length > 0 && scanner.take(/[ \t]*=[ \t]*/y) !== undefined) {
      const value = readValue(scanner, 0);
      const last = keys.at(-1)!;
      put(keys.length > 1 ? open(table, keys.slice(0, -1), "go in") : table, last.key, last.span, value);
      table.span = { start: table.span.start, end: Math.max(table.span.end, scanner.at) };
    }
    scanner.skipLine();
    if (scanner.at === start) scanner.at += 1;
  }
  return settle(root);
};

interface Key {
  readonly key: string;
  readonly span: Span;
}

const readKeys = (scanner: Scanner): readonly Key[] => {
  const keys: Key[] = [];
  do {
    scanner.take(/[ \t]+/y);
    const start = scanner.at;
    const bare = scanner.take(/[\w-]+/y);
    const key = bare ?? readText(scanner)?.text;
    if (key === undefined) return [];
    keys.push({ key, span: { start, end: scanner.at } });
  } while (scanner.take(/[ \t]*\.[ \t]*/y) !== undefined);
  return keys;
};

/** The table at the end of a dotted path; `append` begins another one of an array of tables. */
const open = (from: Building, keys: readonly Key[], how: "go in" | "append"): Building => {
  let at = from;
  for (const [index, { key, span }] of keys.entries()) {
    const under = at.entries.find((entry) => entry.key === key)?.value;
    const table = building(span);
    if (how === "append" && index === keys.length - 1) {
      if (under?.kind === "buildings") under.items.push(table);
      else put(at, key, span, { kind: "buildings", items: [table], span });
      return table;
    }
    const known = under?.kind === "buildings" ? under.items.at(-1) : under?.kind === "building" ? under : undefined;
    if (!known) put(at, key, span, table);
    at = known ?? table;
  }
  return at;
};

/** Deeper than anybody nests. */
const deepest = 40;

const readValue = (scanner: Scanner, depth: number): Tree | undefined => {
  const start = scanner.at;
  if (depth > deepest) return undefined;
  const text = readText(scanner);
  if (text) return text;
  if (scanner.take(/\[/y) !== undefined) {
    const items: Tree[] = [];
    for (scanner.skipAll(); !scanner.atEnd && scanner.take(/\]/y) === undefined; scanner.skipAll()) {
      const before = scanner.at;
      const item = readValue(scanner, depth + 1);
      if (item) items.push(item);
      scanner.skipAll();
      scanner.take(/,/y);
      if (scanner.at === before) break;
    }
    return { kind: "list", items, span: { start, end: scanner.at } };
  }
  if (scanner.take(/\{/y) !== undefined) {
    const table = building({ start, end: start });
    for (scanner.skipAll(); !scanner.atEnd && scanner.take(/\}/y) === undefined; scanner.skipAll()) {
      const before = scanner.at;
      const keys = readKeys(scanner);
      if (keys.length > 0 && scanner.take(/[ \t]*=[ \t]*/y) !== undefined) {
        const last = keys.at(-1)!;
        const into = keys.length > 1 ? open(table, keys.slice(0, -1), "go in") : table;
        put(into, last.key, last.span, readValue(scanner, depth + 1));
      }
      scanner.take(/[ \t]*,/y);
      if (scanner.at === before) break;
    }
    table.span = { start, end: scanner.at };
    return settle(table);
  }
  const bare = scanner.take(/[^\s,\]}#]+/y);
  return bare === undefined ? undefined : { kind: "text", text: bare, span: { start, end: scanner.at } };
};

const readText = (scanner: Scanner): (Tree & { readonly kind: "text" }) | undefined => {
  const start = scanner.at;
  const end = () => ({ start, end: scanner.at });
  const long = scanner.take(/"""(?:[^\\]|\\[\s\S])*?"{3,5}|'''[\s\S]*?'{3,5}/y);
  if (long !== undefined) {
    const inside = long.slice(3, -3).replace(/^\r?\n/, "");
    return { kind: "text", text: long.startsWith('"') ? withoutEscapes(inside) : inside, span: end() };
  }
  const short = scanner.take(/"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/y);
  if (short === undefined) return undefined;
  const inside = short.slice(1, -1);
  return { kind: "text", text: short.startsWith('"') ? withoutEscapes(inside) : inside, span: end() };
};

const escapes: Readonly<Record<string, string>> = { b: "\b", t: "\t", n: "\n", f: "\f", r: "\r", e: "\u001b" };

const withoutEscapes = (text: string): string =>
  text
    .replace(/\\[ \t]*\r?\n\s*/g, "")
    .replace(/\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/g, (whole, short?: string, long?: string, sign?: string) => {
      const code = Number.parseInt(short ?? long ?? "", 16);
      if (sign !== undefined) return escapes[sign] ?? sign;
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    });
