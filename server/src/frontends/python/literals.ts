import type { Argument, ObjectEntry, ValueId } from "../../core/facts.ts";
import { span } from "../../core/text.ts";
import type { Writable } from "../../core/writable.ts";
import { value } from "./expressions.ts";
import type { FunctionLowering } from "./function-lowering.ts";
import { parts } from "./nodes.ts";
import { plainText } from "./strings.ts";
import type { Node } from "./tree.ts";

/** `[a, *b]`, `(a, b)`, `{a, b}`, or `a, b` without brackets: the nodes between are the elements. */
export function arrayLiteral(f: FunctionLowering, nodes: readonly Node[], whole: Node): ValueId {
  const elements: Argument[] = [];
  for (const [first, second] of parts(nodes)) {
    if (!first) continue;
    const spread = first.type === "*" && second !== undefined;
    const node = spread ? second : first;
    elements.push({
      value: value(f, node, spread ? "used" : "element"),
      spread,
      span: span(first.start, node.end),
    });
  }
  const dst = f.next();
  f.emit({ op: "array", dst, elements, span: f.file.span(whole) });
  return dst;
}

export function dictionary(f: FunctionLowering, node: Node): ValueId {
  const entries = parts(node.children).flatMap((part) => entry(f, part) ?? []);
  return object(f, entries, node);
}

export function object(f: FunctionLowering, entries: readonly ObjectEntry[], node: Node): ValueId {
  const dst = f.next();
  f.emit({ op: "object", dst, entries, span: f.file.span(node) });
  return dst;
}

function entry(f: FunctionLowering, part: readonly Node[]): ObjectEntry | undefined {
  const [first, second, third] = part;
  if (!first) return undefined;
  if (first.type === "**") {
    if (!second) return undefined;
    const at = span(first.start, second.end);
    return { value: value(f, second), spread: true, span: at, keySpan: at, valueSpan: f.file.span(second) };
  }
  if (second?.type !== ":" || !third) return undefined;
  const key = plainText(f.file.text, first);
  if (key === undefined) value(f, first);
  const made: Writable<ObjectEntry> = {
    value: value(f, third),
    spread: false,
    span: span(first.start, third.end),
    keySpan: f.file.span(first),
    valueSpan: f.file.span(third),
  };
  if (key !== undefined) made.key = key;
  return made;
}
