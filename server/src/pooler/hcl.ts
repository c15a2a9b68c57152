import type { Span } from "../core/text.ts";
import { Scanner } from "./scanner.ts";
import type { Tree, TreeEntry } from "./tree.ts";

/** `resource "aws_db_proxy" "main" { … }`. */
export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  /** The type with its labels. */
  readonly headSpan: Span;
  readonly body: HclBody;
}

export interface HclBody {
  /** A reference (`var.mode`, a call) is a text in `${…}`, as it is inside a text. */
  readonly attributes: readonly TreeEntry[];
  readonly blocks: readonly HclBlock[];
}

/** Reads a Terraform file as far as it can be read; nothing is computed. Never throws: what is no HCL is passed over. */
export const readHcl = (text: string): HclBody => readBody(new Scanner(text, "hash and slashes"), 0);

/** Deeper than anybody nests. */
const deepest = 40;

const readBody = (scanner: Scanner, depth: number): HclBody => {
  const attributes: TreeEntry[] = [];
  const blocks: HclBlock[] = [];
  for (scanner.skipAll(); !scanner.atEnd; scanner.skipAll()) {
    if (depth > 0 && scanner.take(/\}/y) !== undefined) break;
    const start = scanner.at;
    const name = scanner.take(/[\p{L}_][\w-]*/uy);
    if (name === undefined) {
      scanner.at += 1;
      continue;
    }
    const nameEnd = scanner.at;
    scanner.take(/[ \t]+/y);
    if (scanner.take(/=(?!=)/y) !== undefined) {
      scanner.skipAll();
      const keySpan = { start, end: nameEnd };
      attributes.push({ key: name, keySpan, value: readExpression(scanner, 0) });
      continue;
    }
    const labels: string[] = [];
    let headEnd = nameEnd;
    for (;;) {
      const label = scanner.take(/"(?:[^"\\\n]|\\.)*"|[\p{L}_][\w-]*/uy);
      if (label === undefined) break;
      headEnd = scanner.at;
      labels.push(label.startsWith('"') ? label.slice(1, -1) : label);
      scanner.take(/[ \t]+/y);
    }
    if (scanner.take(/\{/y) !== undefined && depth < deepest)
      blocks.push({ type: name, labels, headSpan: { start, end: headEnd }, body: readBody(scanner, depth + 1) });
  }
  return { attributes, blocks };
};

const readExpression = (scanner: Scanner, depth: number): Tree | undefined => {
  const start = scanner.at;
  const text = (value: string): Tree => ({ kind: "text", text: value, span: { start, end: scanner.at } });
  if (depth > deepest) return undefined;
  const heredoc = scanner.take(/<<-?(\w+)[^\n]*\n[\s\S]*?\n?[ \t]*\1(?=\s|$)/y);
  if (heredoc !== undefined) return text(heredoc.replace(/^[^\n]*\n/, "").replace(/\n?[^\n]*$/, ""));
  const quoted = scanner.take(/"(?:[^"\\$\n]|\\.|\$\{[^}\n]*\}|\$)*"(?=\s*(?:[,\]}#\n\r]|\/\/|\/\*|$))/y);
  if (quoted !== undefined) return text(quoted.slice(1, -1).replace(/\\(["\\])/g, "$1"));
  if (scanner.take(/\[(?!\s*for\b)/y) !== undefined) {
    const items: Tree[] = [];
    for (scanner.skipAll(); !scanner.atEnd && scanner.take(/\]/y) === undefined; scanner.skipAll()) {
      const before = scanner.at;
      const item = readExpression(scanner, depth + 1);
      if (item) items.push(item);
      scanner.skipAll();
      scanner.take(/,/y);
      if (scanner.at === before) scanner.at += 1;
    }
    return { kind: "list", items, span: { start, end: scanner.at } };
  }
  if (scanner.take(/\{(?!\s*for\b)/y) !== undefined) return readObject(scanner, start, depth);
  const constant = scanner.take(/(?:-?\d[\d.]*|true|false|null)(?=\s*(?:[,\]}#\n\r]|\/\/|\/\*|$))/y);
  if (constant !== undefined) return constant === "null" ? undefined : text(constant);
  const reference = readReference(scanner);
  return reference === "" ? undefined : text(`\${${reference}}`);
};

const readObject = (scanner: Scanner, start: number, depth: number): Tree => {
  const entries: TreeEntry[] = [];
  for (scanner.skipAll(); !scanner.atEnd && scanner.take(/\}/y) === undefined; scanner.skipAll()) {
    const before = scanner.at;
    const key = scanner.take(/"(?:[^"\\\n]|\\.)*"|[\p{L}_][\w.-]*/uy);
    const keySpan = { start: before, end: scanner.at };
    scanner.skipAll();
    if (key !== undefined && scanner.take(/[=:]/y) !== undefined) {
      scanner.skipAll();
      const value = readExpression(scanner, depth + 1);
      entries.push({ key: key.startsWith('"') ? key.slice(1, -1) : key, keySpan, value });
    }
    scanner.skipAll();
    scanner.take(/,/y);
    if (scanner.at === before) scanner.at += 1;
  }
  return { kind: "map", entries, span: { start, end: scanner.at } };
};

/** To the end of the line or of what holds it, brackets and texts kept whole. */
const readReference = (scanner: Scanner): string => {
  const start = scanner.at;
  let depth = 0;
  while (!scanner.atEnd) {
    if (scanner.take(/"(?:[^"\\\n]|\\.)*"/y) !== undefined) continue;
    const sign = scanner.text.charAt(scanner.at);
    if (depth === 0 && (sign === "," || sign === "\n" || sign === "#" || /[)\]}]/.test(sign))) break;
    if (/[([{]/.test(sign)) depth += 1;
    if (/[)\]}]/.test(sign)) depth -= 1;
    scanner.at += 1;
  }
  return scanner.text.slice(start, scanner.at).trim();
};
