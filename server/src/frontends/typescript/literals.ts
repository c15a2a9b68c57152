import { ts } from "ts-morph";
import type { Argument, ObjectEntry, ValueId } from "../../core/facts.ts";
import type { Writable } from "../../core/writable.ts";
import { value } from "./expressions.ts";
import type { FunctionLowering } from "./function-lowering.ts";
import { lowerFunction } from "./functions.ts";
import { documents } from "./jsdoc.ts";
import { literalKey } from "./patterns.ts";

export function template(f: FunctionLowering, node: ts.TemplateExpression): ValueId {
  const parts: (string | ValueId)[] = [node.head.text];
  for (const piece of node.templateSpans) parts.push(value(f, piece.expression), piece.literal.text);
  const dst = f.next();
  f.emit({ op: "template", dst, parts, span: f.file.span(node) });
  return dst;
}

export function arrayLiteral(f: FunctionLowering, node: ts.ArrayLiteralExpression): ValueId {
  const elements: Argument[] = node.elements.map((element) => {
    const at = f.file.span(element);
    if (ts.isOmittedExpression(element)) return { value: f.literal(undefined, at), spread: false, span: at };
    const spread = ts.isSpreadElement(element);
    return { value: spread ? value(f, element.expression) : value(f, element, "element"), spread, span: at };
  });
  const dst = f.next();
  f.emit({ op: "array", dst, elements, span: f.file.span(node) });
  return dst;
}

export function objectLiteral(f: FunctionLowering, node: ts.ObjectLiteralExpression): ValueId {
  const entries = node.properties.map((property) => entry(f, property));
  const dst = f.next();
  f.emit({ op: "object", dst, entries, span: f.file.span(node) });
  return dst;
}

// The busiest function on large files: it fills one object in place of spreading others.
function entry(f: FunctionLowering, node: ts.ObjectLiteralElementLike): ObjectEntry {
  const at = f.file.span(node);
  if (ts.isSpreadAssignment(node)) {
    const spread = value(f, node.expression);
    return { value: spread, spread: true, span: at, keySpan: at, valueSpan: f.file.span(node.expression) };
  }
  const { name } = node;
  const keySpan = f.file.span(name);
  const made: Writable<ObjectEntry> = { value: -1, spread: false, span: at, keySpan, valueSpan: keySpan };
  const key = literalKey(name);
  if (key !== undefined) made.key = key;
  else if (ts.isComputedPropertyName(name)) value(f, name.expression);
  if (ts.isPropertyAssignment(node)) {
    documents(f, node, node.initializer);
    made.value = value(f, node.initializer, "used", name);
    made.valueSpan = f.file.span(node.initializer);
    return made;
  }
  if (ts.isShorthandPropertyAssignment(node)) {
    // The name alone: `= default` after it is only half a pattern.
    made.value = value(f, node.name);
    return made;
  }
  const kind = ts.isGetAccessor(node) ? "getter" : ts.isSetAccessor(node) ? "setter" : "method";
  if (kind !== "method") made.accessor = kind;
  const id = lowerFunction(f, node, { kind, name });
  made.value = f.next();
  made.valueSpan = at;
  f.emit({ op: "closure", dst: made.value, function: id, span: at });
  return made;
}
