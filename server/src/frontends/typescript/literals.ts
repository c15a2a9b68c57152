import { ts } from "ts-morph";
import type { Argument, ObjectEntry, ValueId } from "../../core/facts.ts";
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

function entry(f: FunctionLowering, node: ts.ObjectLiteralElementLike): ObjectEntry {
  const at = f.file.span(node);
  if (ts.isSpreadAssignment(node)) {
    const valueSpan = f.file.span(node.expression);
    return { value: value(f, node.expression), spread: true, span: at, keySpan: at, valueSpan };
  }
  const key = literalKey(node.name);
  const keyed = { ...(key !== undefined && { key }), spread: false, span: at, keySpan: f.file.span(node.name) };
  if (key === undefined && ts.isComputedPropertyName(node.name)) value(f, node.name.expression);
  if (ts.isShorthandPropertyAssignment(node)) {
    // The name alone: `= default` after it is only half a pattern.
    return { ...keyed, value: value(f, node.name), valueSpan: keyed.keySpan };
  }
  if (ts.isPropertyAssignment(node)) {
    documents(f, node, node.initializer);
    return { ...keyed, value: value(f, node.initializer, "used", node.name), valueSpan: f.file.span(node.initializer) };
  }
  const kind = ts.isGetAccessor(node) ? "getter" : ts.isSetAccessor(node) ? "setter" : "method";
  const id = lowerFunction(f, node, { kind, name: node.name });
  const dst = f.next();
  f.emit({ op: "closure", dst, function: id, span: at });
  return { ...keyed, value: dst, valueSpan: at, ...(kind !== "method" && { accessor: kind }) };
}
