import type { StatementFact } from "../../core/facts.ts";
import { type Span, span } from "../../core/text.ts";
import { returnFrom } from "../control-flow/cleanup.ts";
import { assignment, update } from "./assignments.ts";
import { lowerClass } from "./classes.ts";
import { condition, effect, value, yieldValue } from "./expressions.ts";
import type { FunctionLowering } from "./function-lowering.ts";
import { definition } from "./functions.ts";
import { importStatement } from "./imports.ts";
import { arrayLiteral } from "./literals.ts";
import { forLoop, jump, whileLoop } from "./loops.ts";
import { matchStatement } from "./match.ts";
import { testsTypeChecking } from "./names.ts";
import { childOf, expressionIn, parts, statementsOf } from "./nodes.ts";
import type { Node } from "./tree.ts";
import { assertStatement, raise, tryStatement } from "./try.ts";
import { declareType } from "./type-aliases.ts";
import { withStatement } from "./with.ts";

/** Statements nested deeper than this are left out: the stack is finite. */
const deepest = 500;

export function body(f: FunctionLowering, node: Node | undefined): void {
  if (node) for (const statement of statementsOf(node)) lowerStatement(f, statement);
}

export function lowerStatement(f: FunctionLowering, node: Node): void {
  if (f.file.depth >= deepest) return;
  f.file.depth++;
  record(f, node, dispatch);
  f.file.depth--;
}

/** Enters a statement into the table; in a further copy of a `finally` body it is there already. */
export function record(f: FunctionLowering, node: Node, lower: (f: FunctionLowering, node: Node) => void): void {
  const { file, statement: outer } = f;
  const known = f.copying > 0 ? file.once.statements.get(node) : undefined;
  if (known === undefined) {
    f.statement = file.statements.length;
    if (f.copying > 0) file.once.statements.set(node, f.statement);
    file.statements.push(statementFact(f, node, outer));
  } else f.statement = known;
  lower(f, node);
  f.statement = outer;
}

const kinds: ReadonlyMap<string, StatementFact["kind"]> = new Map([
  ["ExpressionStatement", "expression"],
  ["YieldStatement", "expression"],
  ["AssignStatement", "variable"],
  ["UpdateStatement", "expression"],
  ["ReturnStatement", "return"],
  ["RaiseStatement", "throw"],
  ["IfStatement", "if"],
  ["ForStatement", "loop"],
  ["WhileStatement", "loop"],
  ["MatchStatement", "switch"],
  ["TryStatement", "try"],
  ["WithStatement", "block"],
  ["FunctionDefinition", "function"],
  ["ClassDefinition", "class"],
  ["ImportStatement", "import"],
]);

function statementFact(f: FunctionLowering, node: Node, parent: number): StatementFact {
  const decorated = node.type === "DecoratedStatement" ? node.children[node.children.length - 1]! : node;
  const fact = { kind: kinds.get(decorated.type) ?? "other", span: f.file.ownSpan(node), parent, function: f.id };
  if (node.type === "WithStatement") {
    const inside = childOf(node, "Body");
    return { ...fact, ...(inside && { body: suite(inside) }) };
  }
  if (node.type !== "TryStatement") return fact;
  const after = (word: string): Node | undefined => {
    const at = node.children.findIndex(({ type }) => type === word);
    return at < 0 ? undefined : node.children.slice(at).find(({ type }) => type === "Body");
  };
  const [tried, caught, last] = [after("try"), after("except"), after("finally")];
  const as = node.children.findIndex(({ type }) => type === "as");
  const parameter = node.children[as + 1];
  return {
    ...fact,
    ...(tried && { body: suite(tried) }),
    ...(caught && { catch: suite(caught) }),
    ...(as >= 0 && parameter?.type === "VariableName" && { catchParameter: f.file.textOf(parameter) }),
    ...(last && { finally: suite(last) }),
  };
}

/** The statements of a body, without its colon. */
export function suite(node: Node): Span {
  const [first] = statementsOf(node);
  return first ? span(first.start, node.end) : span(node.end, node.end);
}

function dispatch(f: FunctionLowering, node: Node): void {
  const { file } = f;
  switch (node.type) {
    case "ExpressionStatement":
      expressionStatement(f, node);
      return;
    case "AssignStatement":
      assignment(f, node);
      return;
    case "UpdateStatement":
      update(f, node);
      return;
    case "ReturnStatement": {
      const given = node.children.slice(1);
      const result = given.length === 0 ? undefined : tupled(f, given, node, "returned");
      returnFrom(f, result, file.span(node));
      return;
    }
    case "YieldStatement":
      yieldValue(f, node);
      return;
    case "RaiseStatement":
      raise(f, node);
      return;
    case "IfStatement":
      ifStatement(f, node);
      return;
    case "WhileStatement":
      whileLoop(f, node);
      return;
    case "ForStatement":
      forLoop(f, node);
      return;
    case "TryStatement":
      tryStatement(f, node);
      return;
    case "WithStatement":
      withStatement(f, node);
      return;
    case "MatchStatement":
      matchStatement(f, node);
      return;
    case "BreakStatement":
    case "ContinueStatement":
      jump(f, node);
      return;
    case "ImportStatement":
      importStatement(f, node);
      return;
    case "FunctionDefinition":
    case "DecoratedStatement": {
      const inner = node.type === "DecoratedStatement" ? node.children[node.children.length - 1] : node;
      const decorators = node.children.filter(({ type }) => type === "Decorator");
      if (inner?.type === "FunctionDefinition") definition(f, inner, decorators);
      else if (inner?.type === "ClassDefinition") lowerClass(f, inner, decorators);
      return;
    }
    case "ClassDefinition":
      lowerClass(f, node, []);
      return;
    case "AssertStatement":
      assertStatement(f, node);
      return;
    case "DeleteStatement":
      for (const [target] of parts(node.children.slice(1))) {
        if (!target || target.type === "VariableName") continue;
        const operand = value(f, target);
        f.emit({ op: "operation", dst: f.next(), operator: "del", operands: [operand], span: f.file.span(target) });
      }
      return;
    case "TypeDefinition":
      declareType(f, node);
      return;
    case "PrintStatement": {
      const inner = expressionIn(node);
      if (inner) value(f, inner);
    }
  }
}

function expressionStatement(f: FunctionLowering, node: Node): void {
  const [only] = node.children;
  if (node.children.length === 1 && only) effect(f, only);
  else for (const [part] of parts(node.children)) if (part && part.type !== "*") effect(f, part);
}

/** One expression, or several between commas as a tuple. */
export function tupled(
  f: FunctionLowering,
  nodes: readonly Node[],
  whole: Node,
  use: "used" | "returned" = "used",
): number {
  const [only] = nodes;
  if (nodes.length === 1 && only) return value(f, only, use);
  return arrayLiteral(f, nodes, whole);
}

/** `if … elif … else`. */
function ifStatement(f: FunctionLowering, node: Node): void {
  const after = f.open();
  const isTypeOnly = testsTypeChecking(f.file.text, node);
  if (isTypeOnly) f.file.typeChecking++;
  let test: Node | undefined;
  for (const child of node.children) {
    if (child.type === "else") test = undefined;
    else if (child.type === "Body") {
      if (!test) {
        body(f, child);
        f.goto(after);
        continue;
      }
      const [yes, no] = [f.open(), f.open()];
      condition(f, test, yes, no);
      f.start(yes);
      body(f, child);
      f.goto(after);
      f.start(no);
      test = undefined;
    } else if (child.type !== "if" && child.type !== "elif") test = child;
  }
  // Half-typed: a test without a body.
  if (test) value(f, test);
  if (isTypeOnly) f.file.typeChecking--;
  const hasElse = childOf(node, "else") !== undefined;
  if (!hasElse || f.current) f.goto(after);
  f.meet(after);
}
