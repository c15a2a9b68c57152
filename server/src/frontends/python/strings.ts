import type { ValueId } from "../../core/facts.ts";
import { value } from "./expressions.ts";
import type { FunctionLowering } from "./function-lowering.ts";
import { expressionsIn, parts, unwrap } from "./nodes.ts";
import type { Node } from "./tree.ts";

export type Parts = readonly (string | ValueId)[];

export const isText = ({ type }: Node): boolean =>
  type === "String" || type === "FormatString" || type === "ContinuedString";

/** A literal: a text where it has no holes, a template where it has. */
export function stringValue(f: FunctionLowering, node: Node): ValueId {
  return template(f, textParts(f, node), node);
}

/** What a `String` node says; undefined for one that has holes. */
export function plainText(text: string, node: Node): string | undefined {
  if (node.type === "String") return decode(text.slice(node.start, node.end));
  if (node.type !== "ContinuedString") return undefined;
  const pieces = node.children.map((child) => plainText(text, child));
  return pieces.includes(undefined) ? undefined : pieces.join("");
}

/** The pieces of a text literal, f-strings and adjacent literals included. */
export function textParts(f: FunctionLowering, node: Node): Parts {
  const { text } = f.file;
  if (node.type === "String") return [decode(text.slice(node.start, node.end))];
  if (node.type === "ContinuedString") return joined(node.children.filter(isText).map((child) => textParts(f, child)));
  const found: Parts[] = [];
  const { prefix, from, to, raw } = limits(text, node);
  if (prefix < 0) return [];
  let at = from;
  for (const child of node.children) {
    if (child.type !== "FormatReplacement") continue;
    found.push([literalPart(text.slice(at, child.start), raw)]);
    const [inner] = expressionsIn(child);
    if (inner && !inner.type.startsWith("Format")) found.push([value(f, inner)]);
    at = Math.min(child.end, to);
  }
  found.push([literalPart(text.slice(at, to), raw)]);
  return joined(found);
}

const literalPart = (text: string, raw: boolean): string =>
  (raw ? text : unescaped(text)).replaceAll("{{", "{").replaceAll("}}", "}");

/** A text register: a literal where every piece is known. */
export function template(f: FunctionLowering, pieces: Parts, node: Node): ValueId {
  const [first = "", ...rest] = pieces;
  if (rest.length === 0 && typeof first === "string") return f.literal(first, f.file.span(node));
  const dst = f.next();
  f.emit({ op: "template", dst, parts: pieces, span: f.file.span(node) });
  return dst;
}

/** Pieces one after another, neighbouring texts as one. */
export function joined(all: readonly Parts[]): Parts {
  const made: (string | ValueId)[] = [];
  for (const piece of all.flat()) {
    const last = made.length - 1;
    if (typeof piece === "string" && typeof made[last] === "string") made[last] += piece;
    else if (piece !== "") made.push(piece);
  }
  return made;
}

/** `"… %s …" % values`: undefined where the places cannot be counted. */
export function percentParts(f: FunctionLowering, text: Node, given: Node): Parts | undefined {
  const format = plainText(f.file.text, text);
  if (format === undefined) return undefined;
  const right = unwrap(given);
  const isTuple = right.type === "TupleExpression" || right.type === "ParenthesizedExpression";
  const single = isTuple ? undefined : value(f, right);
  const values = isTuple ? parts(right.children).map(([one]) => (one ? value(f, one) : f.unknown([], right))) : [];
  const found: Parts[] = [];
  let at = 0;
  let next = 0;
  for (const match of format.matchAll(/%(?:\((\w+)\))?[-#0 +]*(?:\*|\d+)?(?:\.\d+)?([a-zA-Z%])/g)) {
    found.push([format.slice(at, match.index)]);
    at = match.index + match[0].length;
    if (match[2] === "%") found.push(["%"]);
    else if (match[1] !== undefined && single !== undefined) found.push([member(f, single, match[1], right)]);
    else if (isTuple) found.push([values[next] ?? f.unknown([], right)]);
    else found.push([next === 0 ? single! : f.unknown([single!], right)]);
    next++;
  }
  found.push([format.slice(at)]);
  return joined(found);
}

/** `"… {} …".format(values)`: undefined where the places cannot be counted. */
export function formatParts(f: FunctionLowering, text: Node, list: Node): Parts | undefined {
  const format = plainText(f.file.text, text);
  if (format === undefined) return undefined;
  const positional: ValueId[] = [];
  const named = new Map<string, ValueId>();
  let isOpen = false;
  for (const part of parts(list.children)) {
    const [first, operator, last] = part;
    if (first && operator?.type === "AssignOp" && last) named.set(f.file.textOf(first), value(f, last));
    else if (first && part.length === 1) positional.push(value(f, first));
    else {
      isOpen = true;
      for (const one of part.slice(1, 2)) value(f, one);
    }
  }
  const found: Parts[] = [];
  let at = 0;
  let next = 0;
  for (const match of format.matchAll(/\{\{|\}\}|\{([^{}!:]*)(?:![rsa])?(?::[^{}]*)?\}/g)) {
    found.push([format.slice(at, match.index)]);
    at = match.index + match[0].length;
    const name = match[1];
    if (name === undefined) {
      found.push([match[0].slice(1)]);
      continue;
    }
    const register =
      name === "" || /^\d+$/.test(name) ? positional[name === "" ? next++ : Number(name)] : named.get(name);
    found.push([register === undefined || isOpen ? f.unknown([...positional, ...named.values()], list) : register]);
  }
  found.push([format.slice(at)]);
  return joined(found);
}

function member(f: FunctionLowering, object: ValueId, property: string, node: Node): ValueId {
  const dst = f.next();
  const at = f.file.span(node);
  f.emit({ op: "get", dst, object, property, span: at, propertySpan: at });
  return dst;
}

/** Where the text of a literal begins and ends, after its prefix and quotes; `prefix` is -1 for half a literal without quotes. */
function limits(
  text: string,
  { start, end }: Node,
): { readonly prefix: number; readonly from: number; readonly to: number; readonly raw: boolean } {
  let quote = start;
  while (quote < end && text[quote] !== '"' && text[quote] !== "'") quote++;
  if (quote >= end) return { prefix: -1, from: start, to: end, raw: false };
  const mark = text[quote]!;
  const width = text.startsWith(mark.repeat(3), quote) && end - quote >= 3 ? 3 : 1;
  const from = Math.min(quote + width, end);
  const isClosed = end - width >= from && text.slice(end - width, end) === mark.repeat(width);
  return { prefix: quote - start, from, to: isClosed ? end - width : end, raw: /r/i.test(text.slice(start, quote)) };
}

function decode(literal: string): string {
  const { prefix, from, to, raw } = limits(literal, { type: "", start: 0, end: literal.length, children: [] });
  if (prefix < 0) return literal;
  const inner = literal.slice(from, to);
  return raw || !inner.includes("\\") ? inner : unescaped(inner);
}

const simple: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
};

const unescaped = (text: string): string =>
  text.replace(
    /\\(?:\r\n|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N\{[^}]*\}|([0-7]{1,3})|([\s\S]))/g,
    (all, x?: string, u?: string, long?: string, octal?: string, one?: string) => {
      const code = x ?? u ?? long;
      if (code !== undefined) return codePoint(Number.parseInt(code, 16));
      if (octal !== undefined) return codePoint(Number.parseInt(octal, 8));
      if (one !== undefined) return simple[one] ?? all;
      return all.startsWith("\\N") ? " " : "";
    },
  );

const codePoint = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd");
