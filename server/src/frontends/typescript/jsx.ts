import { ts } from "ts-morph";
import type { ValueId } from "../../core/facts.ts";
import { value } from "./expressions.ts";
import type { FunctionLowering } from "./function-lowering.ts";

/** An element is unknown to the analysis, but whatever it shows, calls and passes on is evaluated. */
export function jsx(f: FunctionLowering, node: ts.Node): ValueId {
  const operands: ValueId[] = [];
  collect(f, node, operands);
  return f.unknown(operands, node);
}

function collect(f: FunctionLowering, node: ts.Node, operands: ValueId[]): void {
  if (ts.isJsxElement(node)) {
    opening(f, node.openingElement, operands);
    children(f, node.children, operands);
  } else if (ts.isJsxFragment(node)) children(f, node.children, operands);
  else if (ts.isJsxSelfClosingElement(node)) opening(f, node, operands);
  else if (ts.isJsxExpression(node)) {
    if (node.expression) operands.push(value(f, node.expression));
  }
}

function children(f: FunctionLowering, list: readonly ts.JsxChild[], operands: ValueId[]): void {
  for (const child of list) {
    // Elements count for the depth of the syntax as expressions do.
    if (ts.isJsxElement(child) || ts.isJsxFragment(child)) operands.push(value(f, child as ts.Expression));
    else collect(f, child, operands);
  }
}

function opening(f: FunctionLowering, node: ts.JsxOpeningLikeElement, operands: ValueId[]): void {
  const isComponent = !ts.isIdentifier(node.tagName) || /^[A-Z_$]/.test(node.tagName.text);
  if (isComponent && !ts.isJsxNamespacedName(node.tagName)) operands.push(value(f, node.tagName as ts.Expression));
  for (const attribute of node.attributes.properties) {
    if (ts.isJsxSpreadAttribute(attribute)) operands.push(value(f, attribute.expression));
    else if (attribute.initializer) {
      const { initializer } = attribute;
      if (ts.isStringLiteral(initializer)) continue;
      collect(f, initializer, operands);
    }
  }
}
