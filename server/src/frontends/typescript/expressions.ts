import { ts } from "ts-morph";
import type { TypeRef, Use, ValueId } from "../../core/facts.ts";
import { type Span, span } from "../../core/text.ts";
import { call, construct, dynamicImport, tagged } from "./calls.ts";
import { classValue } from "./classes.ts";
import { commonjsVariable, isModuleExports } from "./commonjs.ts";
import type { FunctionLowering } from "./function-lowering.ts";
import { functionValue } from "./functions.ts";
import { docType } from "./jsdoc.ts";
import { jsx } from "./jsx.ts";
import { arrayLiteral, objectLiteral, template } from "./literals.ts";
import { assignment, binary, conditional, isAssignment, prefixOrPostfix } from "./operators.ts";
import { castType } from "./types.ts";

const { SyntaxKind } = ts;

/** Nested deeper than this, syntax is generated code or an attack on the stack, and becomes `unknown`. */
const deepest = 500;

/** Lowers an expression and returns the register of its value. `use` is what becomes of a promise that it yields. */
export function value(f: FunctionLowering, node: ts.Expression, use: Use = "used", name?: ts.Node): ValueId {
  if (f.file.depth >= deepest) return f.unknown([], node);
  f.file.depth++;
  const dst = dispatch(f, node, use, name);
  f.file.depth--;
  return dst;
}

/** Evaluates for what it does: the value of an expression statement is dropped, and so are those of its branches. */
export function effect(f: FunctionLowering, node: ts.Expression): void {
  if (f.file.depth >= deepest) {
    f.unknown([], node);
    return;
  }
  f.file.depth++;
  evaluate(f, node);
  f.file.depth--;
}

function evaluate(f: FunctionLowering, node: ts.Expression): void {
  const inner = unwrap(node);
  switch (inner.kind) {
    case SyntaxKind.BinaryExpression: {
      const { operatorToken, left, right } = inner as ts.BinaryExpression;
      const operator = operatorToken.kind;
      if (operator === SyntaxKind.CommaToken) {
        for (const operand of flatten(inner as ts.BinaryExpression)) effect(f, operand);
        return;
      }
      if (operator !== SyntaxKind.AmpersandAmpersandToken && operator !== SyntaxKind.BarBarToken) break;
      const run = f.open();
      const after = f.open();
      if (operator === SyntaxKind.AmpersandAmpersandToken) condition(f, left, run, after);
      else condition(f, left, after, run);
      f.start(run);
      effect(f, right);
      f.goto(after);
      f.meet(after);
      return;
    }
    case SyntaxKind.ConditionalExpression: {
      const { condition: test, whenTrue, whenFalse } = inner as ts.ConditionalExpression;
      const [yes, no, after] = [f.open(), f.open(), f.open()];
      condition(f, test, yes, no);
      f.start(yes);
      effect(f, whenTrue);
      f.goto(after);
      f.start(no);
      effect(f, whenFalse);
      f.goto(after);
      f.meet(after);
      return;
    }
    case SyntaxKind.VoidExpression:
      effect(f, (inner as ts.VoidExpression).expression);
      return;
  }
  value(f, node, "dropped");
}

/** Goes on in `yes` where the expression is truthy, in `no` where it is not. */
export function condition(
  f: FunctionLowering,
  node: ts.Expression,
  yes: FunctionLowering["blocks"][number],
  no: FunctionLowering["blocks"][number],
): void {
  const inner = unwrap(node);
  if (f.file.depth >= deepest) {
    f.end({ kind: "choice", to: [yes, no], span: f.file.span(node) });
    return;
  }
  if (inner.kind === SyntaxKind.TrueKeyword) {
    f.goto(yes);
    return;
  }
  if (inner.kind === SyntaxKind.FalseKeyword) {
    f.goto(no);
    return;
  }
  if (ts.isPrefixUnaryExpression(inner) && inner.operator === SyntaxKind.ExclamationToken) {
    f.file.depth++;
    condition(f, inner.operand, no, yes);
    f.file.depth--;
    return;
  }
  if (ts.isBinaryExpression(inner)) {
    const operator = inner.operatorToken.kind;
    const isAnd = operator === SyntaxKind.AmpersandAmpersandToken;
    if (isAnd || operator === SyntaxKind.BarBarToken) {
      const operands = flatten(inner);
      f.file.depth++;
      for (const operand of operands.slice(0, -1)) {
        const next = f.open();
        condition(f, operand, isAnd ? next : yes, isAnd ? no : next);
        f.start(next);
      }
      condition(f, operands[operands.length - 1]!, yes, no);
      f.file.depth--;
      return;
    }
    if (operator === SyntaxKind.CommaToken) {
      const operands = flatten(inner);
      for (const operand of operands.slice(0, -1)) effect(f, operand);
      condition(f, operands[operands.length - 1]!, yes, no);
      return;
    }
  }
  const test = value(f, inner);
  f.branch(test, yes, no, f.file.span(node));
}

/** The operands of a chain of one operator, in order, without recursion: chains are as long as people generate them. */
export function flatten(node: ts.BinaryExpression): readonly ts.Expression[] {
  const operator = node.operatorToken.kind;
  const operands: ts.Expression[] = [];
  let at: ts.Expression = node;
  while (ts.isBinaryExpression(at) && at.operatorToken.kind === operator) {
    operands.push(at.right);
    at = at.left;
  }
  operands.push(at);
  return operands.reverse();
}

/** Without parentheses, casts and `!`: they do nothing at run time. */
export function unwrap(node: ts.Expression): ts.Expression {
  let at = node;
  for (;;) {
    switch (at.kind) {
      case SyntaxKind.ParenthesizedExpression:
      case SyntaxKind.AsExpression:
      case SyntaxKind.SatisfiesExpression:
      case SyntaxKind.NonNullExpression:
      case SyntaxKind.TypeAssertionExpression:
      case SyntaxKind.PartiallyEmittedExpression:
        at = (at as ts.ParenthesizedExpression).expression;
        continue;
      default:
        return at;
    }
  }
}

function dispatch(f: FunctionLowering, node: ts.Expression, use: Use, name: ts.Node | undefined): ValueId {
  switch (node.kind) {
    case SyntaxKind.Identifier:
      return identifier(f, node as ts.Identifier);
    case SyntaxKind.StringLiteral:
    case SyntaxKind.NoSubstitutionTemplateLiteral:
      return f.literal((node as ts.StringLiteralLike).text, f.file.span(node));
    case SyntaxKind.NumericLiteral:
      return f.literal(Number((node as ts.NumericLiteral).text), f.file.span(node));
    case SyntaxKind.BigIntLiteral:
      return f.literal(Number((node as ts.BigIntLiteral).text.slice(0, -1)), f.file.span(node));
    case SyntaxKind.TrueKeyword:
      return f.literal(true, f.file.span(node));
    case SyntaxKind.FalseKeyword:
      return f.literal(false, f.file.span(node));
    case SyntaxKind.NullKeyword:
      return f.literal(null, f.file.span(node));
    case SyntaxKind.ThisKeyword:
    case SyntaxKind.SuperKeyword: {
      const dst = f.next();
      f.emit({ op: node.kind === SyntaxKind.ThisKeyword ? "this" : "super", dst, span: f.file.span(node) });
      return dst;
    }
    case SyntaxKind.ParenthesizedExpression:
      return typed(f, node, value(f, (node as ts.ParenthesizedExpression).expression, use, name), docType(f, node));
    case SyntaxKind.NonNullExpression:
    case SyntaxKind.SatisfiesExpression:
    case SyntaxKind.PartiallyEmittedExpression:
      return value(f, (node as ts.ParenthesizedExpression).expression, use, name);
    case SyntaxKind.AsExpression:
    case SyntaxKind.TypeAssertionExpression:
      return cast(f, node as ts.AsExpression | ts.TypeAssertion, use, name);
    case SyntaxKind.PropertyAccessExpression:
      return property(f, node as ts.PropertyAccessExpression);
    case SyntaxKind.ElementAccessExpression:
      return element(f, node as ts.ElementAccessExpression);
    case SyntaxKind.CallExpression:
      return call(f, node as ts.CallExpression, use);
    case SyntaxKind.NewExpression:
      return construct(f, node as ts.NewExpression, use);
    case SyntaxKind.TaggedTemplateExpression:
      return tagged(f, node as ts.TaggedTemplateExpression, use);
    case SyntaxKind.TemplateExpression:
      return template(f, node as ts.TemplateExpression);
    case SyntaxKind.ObjectLiteralExpression:
      return objectLiteral(f, node as ts.ObjectLiteralExpression);
    case SyntaxKind.ArrayLiteralExpression:
      return arrayLiteral(f, node as ts.ArrayLiteralExpression);
    case SyntaxKind.ArrowFunction:
    case SyntaxKind.FunctionExpression:
      return functionValue(f, node as ts.ArrowFunction | ts.FunctionExpression, name);
    case SyntaxKind.ClassExpression:
      return classValue(f, node as ts.ClassExpression, name);
    case SyntaxKind.BinaryExpression:
      return isAssignment(node as ts.BinaryExpression)
        ? assignment(f, node as ts.BinaryExpression)
        : binary(f, node as ts.BinaryExpression, use);
    case SyntaxKind.ConditionalExpression:
      return conditional(f, node as ts.ConditionalExpression, use);
    case SyntaxKind.PrefixUnaryExpression:
    case SyntaxKind.PostfixUnaryExpression:
      return prefixOrPostfix(f, node as ts.PrefixUnaryExpression | ts.PostfixUnaryExpression);
    case SyntaxKind.AwaitExpression: {
      const operand = value(f, (node as ts.AwaitExpression).expression, "awaited");
      const dst = f.next();
      f.emit({ op: "await", dst, value: operand, span: f.file.span(node) });
      return dst;
    }
    case SyntaxKind.YieldExpression: {
      const { expression, asteriskToken } = node as ts.YieldExpression;
      const operand = expression && value(f, expression);
      const dst = f.next();
      const delegate = asteriskToken !== undefined;
      f.emit({ op: "yield", dst, ...(operand !== undefined && { value: operand }), delegate, span: f.file.span(node) });
      return dst;
    }
    case SyntaxKind.VoidExpression:
      value(f, (node as ts.VoidExpression).expression, "dropped");
      return f.literal(undefined, f.file.span(node));
    case SyntaxKind.DeleteExpression:
    case SyntaxKind.TypeOfExpression: {
      const operand = value(f, (node as ts.DeleteExpression | ts.TypeOfExpression).expression);
      const dst = f.next();
      const operator = node.kind === SyntaxKind.DeleteExpression ? "delete" : "typeof";
      f.emit({ op: "operation", dst, operator, operands: [operand], span: f.file.span(node) });
      return dst;
    }
    case SyntaxKind.MetaProperty: {
      const { keywordToken, name: meta } = node as ts.MetaProperty;
      const dst = f.next();
      const prefix = keywordToken === SyntaxKind.ImportKeyword ? "import" : "new";
      f.emit({ op: "global", dst, name: `${prefix}.${meta.text}`, span: f.file.span(node) });
      return dst;
    }
    case SyntaxKind.ExpressionWithTypeArguments:
      return value(f, (node as ts.ExpressionWithTypeArguments).expression, use, name);
    case SyntaxKind.JsxElement:
    case SyntaxKind.JsxSelfClosingElement:
    case SyntaxKind.JsxFragment:
      return jsx(f, node);
    case SyntaxKind.SpreadElement:
      return f.unknown([value(f, (node as ts.SpreadElement).expression)], node);
    case SyntaxKind.ImportKeyword:
      return dynamicImport(f, node);
    default:
      return f.unknown([], node);
  }
}

function identifier(f: FunctionLowering, node: ts.Identifier): ValueId {
  const at = f.file.span(node);
  const variable = f.scope.value(node.text);
  if (variable !== undefined) return f.load(variable, at);
  switch (node.text) {
    case "undefined":
      return f.literal(undefined, at);
    case "NaN":
    case "Infinity":
      return f.literal(Number(node.text), at);
    case "exports":
      return f.load(commonjsVariable(f), at);
    case "":
      return f.unknown([], node);
  }
  return global(f, node.text, at);
}

export function global(f: FunctionLowering, name: string, at: Span): ValueId {
  const dst = f.next();
  f.emit({ op: "global", dst, name, span: at });
  return dst;
}

/** `x as T`: where the value may be unknown, a temporary variable of the type holds it. */
function cast(
  f: FunctionLowering,
  node: ts.AsExpression | ts.TypeAssertion,
  use: Use,
  name: ts.Node | undefined,
): ValueId {
  return typed(f, node, value(f, node.expression, use, name), castType(f, node));
}

/** The same value, with a declared type. */
export function typed(f: FunctionLowering, node: ts.Node, held: ValueId, type: TypeRef | undefined): ValueId {
  if (!type) return held;
  const at = f.file.span(node);
  const variable = f.file.declare("", "temporary", f.id, at);
  f.file.variables[variable]!.type = type;
  f.store(variable, held, at);
  return f.load(variable, at);
}

function property(f: FunctionLowering, node: ts.PropertyAccessExpression): ValueId {
  if (isModuleExports(f, node)) return f.load(commonjsVariable(f), f.file.span(node));
  const object = value(f, node.expression, "chained");
  return get(f, object, node.name.text, node);
}

export function get(
  f: FunctionLowering,
  object: ValueId,
  name: string,
  node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
): ValueId {
  const dst = f.next();
  const key = ts.isPropertyAccessExpression(node) ? node.name : node.argumentExpression;
  f.emit({ op: "get", dst, object, property: name, span: f.file.span(node), propertySpan: f.file.span(key) });
  return dst;
}

function element(f: FunctionLowering, node: ts.ElementAccessExpression): ValueId {
  const object = value(f, node.expression, "chained");
  return elementOf(f, object, node);
}

/** `object[key]`, after the object: a member where the key is a text, an element where it is a number. */
export function elementOf(f: FunctionLowering, object: ValueId, node: ts.ElementAccessExpression): ValueId {
  const key = node.argumentExpression as ts.Expression | undefined;
  if (!key) return f.unknown([object], node);
  if (ts.isStringLiteralLike(key)) return get(f, object, key.text, node);
  if (ts.isNumericLiteral(key)) {
    const dst = f.next();
    f.emit({ op: "element", dst, collection: object, index: Number(key.text), span: f.file.span(node) });
    return dst;
  }
  const index = value(f, key);
  const indexed = f.next();
  f.emit({ op: "index", dst: indexed, object, key: index, span: f.file.span(node) });
  return indexed;
}

/** An empty span where `node` ends. */
export const endOf = (node: ts.Node): Span => span(node.end, node.end);
