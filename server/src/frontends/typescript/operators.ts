import { ts } from "ts-morph";
import type { Use, ValueId } from "../../core/facts.ts";
import { sometimes } from "../control-flow/sometimes.ts";
import { effect, flatten, typed, unwrap, value } from "./expressions.ts";
import type { FunctionLowering } from "./function-lowering.ts";
import { docType } from "./jsdoc.ts";
import { assignTo, reference } from "./patterns.ts";

const { SyntaxKind } = ts;

export const isAssignment = (node: ts.BinaryExpression): boolean =>
  node.operatorToken.kind >= SyntaxKind.FirstAssignment && node.operatorToken.kind <= SyntaxKind.LastAssignment;

const logical: ReadonlyMap<ts.SyntaxKind, "&&" | "||" | "??"> = new Map([
  [SyntaxKind.AmpersandAmpersandToken, "&&"],
  [SyntaxKind.BarBarToken, "||"],
  [SyntaxKind.QuestionQuestionToken, "??"],
  [SyntaxKind.AmpersandAmpersandEqualsToken, "&&"],
  [SyntaxKind.BarBarEqualsToken, "||"],
  [SyntaxKind.QuestionQuestionEqualsToken, "??"],
]);

function operation(f: FunctionLowering, operator: string, operands: readonly ValueId[], node: ts.Node): ValueId {
  const dst = f.next();
  f.emit({ op: "operation", dst, operator, operands, span: f.file.span(node) });
  return dst;
}

function either(
  f: FunctionLowering,
  operator: "??" | "||" | "&&" | "?:",
  values: readonly ValueId[],
  node: ts.Node,
  test?: ValueId,
): ValueId {
  const dst = f.next();
  f.emit({ op: "either", dst, values, ...(test !== undefined && { test }), operator, span: f.file.span(node) });
  return dst;
}

/** `left` followed by an operand that is evaluated only where the operator asks for it. */
function shortCircuit(
  f: FunctionLowering,
  operator: "&&" | "||" | "??",
  left: ValueId,
  node: ts.Node,
  evaluate: () => ValueId,
): ValueId {
  if (operator === "&&") return sometimes(f, left, "truthy", f.file.span(node), evaluate);
  if (operator === "||") return sometimes(f, left, "falsy", f.file.span(node), evaluate);
  // `??` asks for something else than truth, and only a branch needs to know.
  const before = f.here();
  const mark = before.instructions.length;
  const nothing = f.literal(null, f.file.span(node));
  const missing = operation(f, "==", [left, nothing], node);
  const result = sometimes(f, missing, "truthy", f.file.span(node), evaluate);
  if (f.current === before) before.instructions.splice(mark, 2);
  return result;
}

/** The value where `given` may be undefined: parameters and patterns with defaults. */
export function withDefault(f: FunctionLowering, given: ValueId, initializer: ts.Expression, name?: ts.Node): ValueId {
  const fallback = shortCircuit(f, "??", given, initializer, () => value(f, initializer, "used", name));
  return either(f, "??", [given, fallback], initializer);
}

export function binary(f: FunctionLowering, node: ts.BinaryExpression, use: Use): ValueId {
  const operator = logical.get(node.operatorToken.kind);
  if (operator) {
    const operands = flatten(node);
    let result = value(f, operands[0]!, operator === "&&" ? "used" : use);
    for (const operand of operands.slice(1)) {
      const right = shortCircuit(f, operator, result, operand, () => value(f, operand, use));
      result = either(f, operator, [result, right], node);
    }
    return result;
  }
  if (node.operatorToken.kind === SyntaxKind.CommaToken) {
    const operands = flatten(node);
    for (const operand of operands.slice(0, -1)) effect(f, operand);
    return value(f, operands[operands.length - 1]!, use);
  }
  if (node.operatorToken.kind === SyntaxKind.PlusToken) return sum(f, node);
  const left = value(f, node.left);
  const right = value(f, node.right);
  return operation(f, ts.tokenToString(node.operatorToken.kind) ?? "", [left, right], node);
}

/** A sum with a text in it is a text. */
function sum(f: FunctionLowering, node: ts.BinaryExpression): ValueId {
  const operands = flatten(node).map(unwrap);
  const isText = operands.some((operand) => ts.isStringLiteralLike(operand) || ts.isTemplateExpression(operand));
  if (!isText) {
    const registers = operands.map((operand) => value(f, operand));
    return operation(f, "+", registers, node);
  }
  const parts: (string | ValueId)[] = [];
  const add = (text: string) => {
    const last = parts.length - 1;
    if (typeof parts[last] === "string") parts[last] += text;
    else parts.push(text);
  };
  for (const operand of operands) {
    if (ts.isStringLiteralLike(operand)) add(operand.text);
    else if (ts.isTemplateExpression(operand)) {
      add(operand.head.text);
      for (const piece of operand.templateSpans) parts.push(value(f, piece.expression), piece.literal.text);
    } else parts.push(value(f, operand));
  }
  const dst = f.next();
  f.emit({ op: "template", dst, parts, span: f.file.span(node) });
  return dst;
}

export function conditional(f: FunctionLowering, node: ts.ConditionalExpression, use: Use): ValueId {
  let test = unwrap(node.condition);
  let [whenTruthy, whenFalsy] = [node.whenTrue, node.whenFalse];
  while (ts.isPrefixUnaryExpression(test) && test.operator === SyntaxKind.ExclamationToken) {
    test = unwrap(test.operand);
    [whenTruthy, whenFalsy] = [whenFalsy, whenTruthy];
  }
  const register = value(f, test);
  const yes = sometimes(f, register, "truthy", f.file.span(node.condition), () => value(f, whenTruthy, use));
  const no = sometimes(f, register, "falsy", f.file.span(node.condition), () => value(f, whenFalsy, use));
  return either(f, "?:", [yes, no], node, register);
}

export function assignment(f: FunctionLowering, node: ts.BinaryExpression): ValueId {
  const token = node.operatorToken.kind;
  const { left, right } = node;
  const isPattern = ts.isObjectLiteralExpression(left) || ts.isArrayLiteralExpression(left);
  if (token === SyntaxKind.EqualsToken && isPattern) {
    const assigned = value(f, right);
    assignTo(f, left, assigned);
    return assigned;
  }
  const target = reference(f, left);
  if (token === SyntaxKind.EqualsToken) {
    const assigned = typed(f, right, value(f, right, "used", left), docType(f, unwrap(right)));
    target.write(assigned, f.file.span(node));
    return assigned;
  }
  const before = target.read();
  const operator = logical.get(token);
  if (operator) {
    const assigned = shortCircuit(f, operator, before, left, () => {
      const result = value(f, right, "used", left);
      target.write(result, f.file.span(node));
      return result;
    });
    return either(f, operator, [before, assigned], node);
  }
  const after = compound(f, node, before);
  target.write(after, f.file.span(node));
  return after;
}

/** `a += b` and kin, after `a` was read. */
function compound(f: FunctionLowering, node: ts.BinaryExpression, before: ValueId): ValueId {
  const right = unwrap(node.right);
  const addsText =
    node.operatorToken.kind === SyntaxKind.PlusEqualsToken &&
    (ts.isStringLiteralLike(right) || ts.isTemplateExpression(right));
  const operand = value(f, right);
  if (addsText) {
    const dst = f.next();
    f.emit({ op: "template", dst, parts: [before, operand], span: f.file.span(node) });
    return dst;
  }
  return operation(f, (ts.tokenToString(node.operatorToken.kind) ?? "=").slice(0, -1), [before, operand], node);
}

export function prefixOrPostfix(
  f: FunctionLowering,
  node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression,
): ValueId {
  const operator = ts.tokenToString(node.operator) ?? "";
  const operand = unwrap(node.operand);
  if (node.operator === SyntaxKind.PlusPlusToken || node.operator === SyntaxKind.MinusMinusToken) {
    const target = reference(f, operand);
    const before = target.read();
    const after = operation(f, operator, [before], node);
    target.write(after, f.file.span(node));
    return ts.isPostfixUnaryExpression(node) ? before : after;
  }
  // `-1` is a number like any other.
  if (node.operator === SyntaxKind.MinusToken && ts.isNumericLiteral(operand))
    return f.literal(-Number(operand.text), f.file.span(node));
  return operation(f, operator, [value(f, operand)], node);
}
