import type { Use, ValueId } from "../../core/facts.ts";
import { sometimes } from "../control-flow/sometimes.ts";
import { type Logic, value } from "./expressions.ts";
import type { FunctionLowering } from "./function-lowering.ts";
import { expressionsIn, unwrap } from "./nodes.ts";
import { isText, joined, type Parts, percentParts, template, textParts } from "./strings.ts";
import type { Node } from "./tree.ts";

/**
 * `and`, `or` and `not` as they bind; undefined for anything else. The grammar lets `not` reach as far as it can (`not a or b` is one operand of
 * it there), so the words are read again in their order.
 */
export function boolean(node: Node): Logic | undefined {
  if (!isLogic(node)) return undefined;
  const words: (Node | "and" | "or" | "not")[] = [];
  const open: Node[] = [node];
  for (let next = open.pop(); next; next = open.pop()) {
    if (isLogic(next)) open.push(...[...next.children].reverse());
    else if (next.type === "and" || next.type === "or" || next.type === "not") words.push(next.type);
    else words.push(next);
  }
  return new Reader(words, node).or();
}

const isLogic = ({ type, children }: Node): boolean =>
  (type === "UnaryExpression" && children[0]?.type === "not") ||
  (type === "BinaryExpression" && children.some((child) => child.type === "and" || child.type === "or"));

class Reader {
  #at = 0;

  constructor(
    private readonly words: readonly (Node | "and" | "or" | "not")[],
    private readonly node: Node,
  ) {}

  or(): Logic {
    return this.#chain("or", () => this.#chain("and", () => this.#not()));
  }

  #chain(kind: "and" | "or", operand: () => Logic): Logic {
    const of = [operand()];
    while (this.words[this.#at] === kind) {
      this.#at++;
      of.push(operand());
    }
    return of.length === 1 ? of[0]! : { kind, of, node: this.node };
  }

  #not(): Logic {
    let isNegated = false;
    while (this.words[this.#at] === "not") {
      this.#at++;
      isNegated = !isNegated;
    }
    const word = this.words[this.#at];
    // Half-typed: an operand is missing.
    const leaf: Logic = { kind: "leaf", node: typeof word === "object" ? word : nothing(this.node) };
    if (typeof word === "object") this.#at++;
    return isNegated ? { kind: "not", of: leaf, node: this.node } : leaf;
  }
}

const nothing = ({ end }: Node): Node => ({ type: "⚠", start: end, end, children: [] });

export function binary(f: FunctionLowering, node: Node, use: Use): ValueId {
  const logic = boolean(node);
  if (logic) return logical(f, logic, node, use);
  const operator = operatorOf(f, node);
  if (operator === "+") return sum(f, node);
  const [left, right] = operands(node);
  if (!left || !right) return f.unknown(left ? [value(f, left)] : [], node);
  const text = unwrap(left);
  if (operator === "%" && isText(text)) {
    const parts = percentParts(f, text, right);
    if (parts) return template(f, parts, node);
  }
  return operation(f, comparisons[operator] ?? operator, [value(f, left), value(f, right)], node);
}

/** The comparisons of all languages under one name. */
const comparisons: Readonly<Record<string, string>> = {
  is: "===",
  "is not": "!==",
  "<>": "!=",
};

const operands = (node: Node): readonly Node[] => expressionsIn(node).filter(({ type }) => !operatorTypes.has(type));

const operatorTypes: ReadonlySet<string> = new Set(["ArithOp", "BitOp", "CompareOp", "LogicOp"]);

const operatorOf = (f: FunctionLowering, node: Node): string =>
  node.children
    .filter(({ type }) => operatorTypes.has(type) || /^[a-z]+$/.test(type))
    .map((child) => f.file.textOf(child))
    .join(" ");

function logical(f: FunctionLowering, logic: Logic, node: Node, use: Use): ValueId {
  switch (logic.kind) {
    case "leaf":
      return logic.node.type === "⚠" ? f.unknown([], node) : value(f, logic.node, use);
    case "not":
      return operation(f, "!", [logical(f, logic.of, node, "used")], node);
    case "and":
    case "or": {
      const isAnd = logic.kind === "and";
      let result = logical(f, logic.of[0]!, node, isAnd ? "used" : use);
      for (const operand of logic.of.slice(1)) {
        const left = result;
        const at = f.file.span(operand.node);
        const right = sometimes(f, left, isAnd ? "truthy" : "falsy", at, () => logical(f, operand, node, use));
        result = f.next();
        const operator = isAnd ? "&&" : "||";
        f.emit({ op: "either", dst: result, values: [left, right], operator, span: f.file.span(node) });
      }
      return result;
    }
  }
}

function operation(f: FunctionLowering, operator: string, of: readonly ValueId[], node: Node): ValueId {
  const dst = f.next();
  f.emit({ op: "operation", dst, operator, operands: of, span: f.file.span(node) });
  return dst;
}

export function unary(f: FunctionLowering, node: Node, use: Use): ValueId {
  const logic = boolean(node);
  if (logic) return logical(f, logic, node, use);
  const [operand] = operands(node);
  const operator = operatorOf(f, node);
  if (!operand) return f.unknown([], node);
  // `-1` is a number like any other.
  const number = operand.type === "Number" ? Number(f.file.textOf(operand).replaceAll("_", "")) : Number.NaN;
  if (operator === "-" && !Number.isNaN(number)) return f.literal(-number, f.file.span(node));
  return operation(f, operator, [value(f, operand)], node);
}

/** A sum with a text in it is a text. */
function sum(f: FunctionLowering, node: Node): ValueId {
  const all: Node[] = [];
  let at: Node | undefined = node;
  while (at?.type === "BinaryExpression" && operatorOf(f, at) === "+") {
    const [left, right]: readonly Node[] = operands(at);
    if (right) all.push(unwrap(right));
    at = left;
  }
  if (at) all.push(unwrap(at));
  all.reverse();
  if (!all.some(isText)) {
    const registers = all.map((operand) => value(f, operand));
    return operation(f, "+", registers, node);
  }
  const pieces = all.map((operand): Parts => (isText(operand) ? textParts(f, operand) : [value(f, operand)]));
  return template(f, joined(pieces), node);
}

export function conditional(f: FunctionLowering, node: Node, use: Use): ValueId {
  const [whenTrue, test, whenFalse] = expressionsIn(node);
  if (!whenTrue || !test || !whenFalse) return f.unknown(whenTrue ? [value(f, whenTrue, use)] : [], node);
  const logic = boolean(unwrap(test));
  const isNegated = logic?.kind === "not";
  const tested = isNegated ? logic.of : logic;
  const register = tested ? logical(f, tested, test, "used") : value(f, test);
  const at = f.file.span(test);
  const [first, second] = isNegated ? (["falsy", "truthy"] as const) : (["truthy", "falsy"] as const);
  const yes = sometimes(f, register, first, at, () => value(f, whenTrue, use));
  const no = sometimes(f, register, second, at, () => value(f, whenFalse, use));
  const dst = f.next();
  const values = isNegated ? [no, yes] : [yes, no];
  f.emit({ op: "either", dst, values, test: register, operator: "?:", span: f.file.span(node) });
  return dst;
}
