import type { Use, ValueId } from "../../core/facts.ts";
import type { Span } from "../../core/text.ts";
import { call } from "./calls.ts";
import { comprehension, isComprehension } from "./comprehensions.ts";
import type { FunctionLowering } from "./function-lowering.ts";
import { lambda } from "./functions.ts";
import { arrayLiteral, dictionary } from "./literals.ts";
import { childOf, expressionIn, expressionsIn, unwrap } from "./nodes.ts";
import { binary, boolean, conditional, unary } from "./operators.ts";
import type { Meaning } from "./scope.ts";
import { plainText, stringValue } from "./strings.ts";
import { assignTo } from "./targets.ts";
import type { Node } from "./tree.ts";

/** Nested deeper than this, syntax is generated code or an attack on the stack, and becomes `unknown`. */
const deepest = 500;

/** Lowers an expression and returns the register of its value. `use` is what becomes of an awaitable that it yields. */
export function value(f: FunctionLowering, node: Node, use: Use = "used"): ValueId {
  if (f.file.depth >= deepest) return f.unknown([], node);
  f.file.depth++;
  const dst = dispatch(f, node, use);
  f.file.depth--;
  return dst;
}

function dispatch(f: FunctionLowering, node: Node, use: Use): ValueId {
  const at = f.file.span(node);
  switch (node.type) {
    case "VariableName":
      return load(f, f.file.textOf(node), node);
    case "String":
    case "FormatString":
    case "ContinuedString":
      return stringValue(f, node);
    case "Number":
      return number(f, node);
    case "Boolean":
      return f.literal(f.file.textOf(node) === "True", at);
    case "None":
      return f.literal(null, at);
    case "ParenthesizedExpression": {
      const inner = expressionIn(node);
      return inner ? value(f, inner, use) : f.unknown([], node);
    }
    case "MemberExpression":
      return member(f, node);
    case "CallExpression":
      return call(f, node, use);
    case "TupleExpression":
    case "ArrayExpression":
    case "SetExpression":
      return arrayLiteral(f, node.children, node);
    case "DictionaryExpression":
      return dictionary(f, node);
    case "BinaryExpression":
      return binary(f, node, use);
    case "UnaryExpression":
      return unary(f, node, use);
    case "ConditionalExpression":
      return conditional(f, node, use);
    case "LambdaExpression":
      return lambda(f, node);
    case "AwaitExpression": {
      const operand = expressionIn(node);
      const awaited = operand ? value(f, operand, "awaited") : f.unknown([], node);
      const dst = f.next();
      f.emit({ op: "await", dst, value: awaited, span: at });
      return dst;
    }
    case "YieldExpression":
      return yieldValue(f, node);
    case "NamedExpression": {
      const [target, given] = expressionsIn(node).filter(({ type }) => type !== "AssignOp");
      if (!target || !given) return f.unknown([], node);
      const assigned = value(f, given, use);
      assignTo(f, target, assigned);
      return assigned;
    }
    default:
      return isComprehension(node) ? comprehension(f, node) : f.unknown([], node);
  }
}

/** Evaluates for what it does: the value of an expression statement is dropped, and so are those of its branches. */
export function effect(f: FunctionLowering, node: Node): void {
  const inner = unwrap(node);
  if (inner.type === "ConditionalExpression") {
    const [whenTrue, test, whenFalse] = expressionsIn(inner);
    if (whenTrue && test && whenFalse) {
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
  }
  const logic = boolean(inner);
  if (logic?.kind === "and" || logic?.kind === "or") {
    const last = logic.of[logic.of.length - 1]!;
    const [run, after] = [f.open(), f.open()];
    const tests = { ...logic, of: logic.of.slice(0, -1) };
    if (logic.kind === "and") decide(f, tests, run, after);
    else decide(f, tests, after, run);
    f.start(run);
    if (last.kind === "leaf") effect(f, last.node);
    else logicValue(f, last);
    f.goto(after);
    f.meet(after);
    return;
  }
  value(f, node, "dropped");
}

function logicValue(f: FunctionLowering, logic: Logic): void {
  const after = f.open();
  decide(f, logic, after, after);
  f.meet(after);
}

export type Logic =
  | { readonly kind: "leaf"; readonly node: Node }
  | { readonly kind: "not"; readonly of: Logic; readonly node: Node }
  | { readonly kind: "and" | "or"; readonly of: readonly Logic[]; readonly node: Node };

type Block = FunctionLowering["blocks"][number];

/** Goes on in `yes` where the expression is truthy, in `no` where it is not. */
export function condition(f: FunctionLowering, node: Node, yes: Block, no: Block): void {
  if (f.file.depth >= deepest) {
    f.end({ kind: "choice", to: [yes, no], span: f.file.span(node) });
    return;
  }
  f.file.depth++;
  const inner = unwrap(node);
  decide(f, boolean(inner) ?? { kind: "leaf", node: inner }, yes, no);
  f.file.depth--;
}

function decide(f: FunctionLowering, logic: Logic, yes: Block, no: Block): void {
  switch (logic.kind) {
    case "leaf": {
      const node = unwrap(logic.node);
      if (node !== logic.node && boolean(node)) {
        condition(f, node, yes, no);
        return;
      }
      if (node.type === "Boolean") {
        f.goto(f.file.textOf(node) === "True" ? yes : no);
        return;
      }
      if (node.type === "Number" && /^[01]$/.test(f.file.textOf(node))) {
        f.goto(f.file.textOf(node) === "1" ? yes : no);
        return;
      }
      const test = value(f, node);
      f.branch(test, yes, no, f.file.span(logic.node));
      return;
    }
    case "not":
      decide(f, logic.of, no, yes);
      return;
    case "and":
    case "or": {
      const isAnd = logic.kind === "and";
      logic.of.forEach((operand, index) => {
        if (index === logic.of.length - 1) {
          decide(f, operand, yes, no);
          return;
        }
        const next = f.open();
        decide(f, operand, isAnd ? next : yes, isAnd ? no : next);
        f.start(next);
      });
    }
  }
}

/** What a name holds. */
export function load(f: FunctionLowering, name: string, node: Node): ValueId {
  const at = f.file.span(node);
  const meaning = f.scope.find(name);
  if (meaning) return means(f, meaning, at);
  if (f.file.stars.length > 0 && !builtin.has(name)) return starred(f, name, at);
  return global(f, name, at);
}

function means(f: FunctionLowering, meaning: Meaning, at: Span): ValueId {
  switch (meaning.kind) {
    case "variable":
      return f.load(meaning.variable, at);
    case "this": {
      const dst = f.next();
      f.emit({ op: "this", dst, span: at });
      return dst;
    }
    case "method": {
      const dst = f.next();
      f.emit({ op: "closure", dst, function: meaning.function, span: at });
      return dst;
    }
  }
}

/** A name that this file binds nowhere, in a file with `from x import *`: it may come from each of them. */
function starred(f: FunctionLowering, name: string, at: Span): ValueId {
  const { file } = f;
  file.reuse?.spoil();
  let variables = file.starred.get(name);
  if (!variables) {
    variables = file.stars.map((specifier) => {
      const variable = file.declare(name, "import", 0, at);
      file.imports.push({ specifier, imported: name, variable, typeOnly: false, span: at });
      return variable;
    });
    file.starred.set(name, variables);
  }
  const loads = variables.map((variable) => f.load(variable, at));
  if (loads.length === 1) return loads[0]!;
  const dst = f.next();
  f.emit({ op: "either", dst, values: loads, operator: "??", span: at });
  return dst;
}

/** Builtins that no module hides by a star import. */
const builtin: ReadonlySet<string> = new Set([
  "print",
  "len",
  "range",
  "str",
  "int",
  "float",
  "bool",
  "list",
  "dict",
  "set",
  "tuple",
  "isinstance",
  "super",
  "property",
  "Exception",
  "__name__",
  "__file__",
  "object",
  "type",
  "getattr",
  "setattr",
  "hasattr",
]);

export function global(f: FunctionLowering, name: string, at: Span): ValueId {
  const dst = f.next();
  f.emit({ op: "global", dst, name, span: at });
  return dst;
}

function number(f: FunctionLowering, node: Node): ValueId {
  const text = f.file.textOf(node).replaceAll("_", "");
  const parsed = Number(text);
  return Number.isNaN(parsed) ? f.unknown([], node) : f.literal(parsed, f.file.span(node));
}

function member(f: FunctionLowering, node: Node): ValueId {
  const module = importedModule(f, node);
  if (module !== undefined) return f.load(module, f.file.span(node));
  const [object] = node.children;
  if (!object) return f.unknown([], node);
  const register = value(f, object, "chained");
  const property = childOf(node, "PropertyName");
  return property ? get(f, register, f.file.textOf(property), node, property) : elementOf(f, register, node);
}

/** `a.b.c` after `import a.b.c`: that module, not what `a` holds under those names. */
function importedModule(f: FunctionLowering, node: Node): number | undefined {
  if (f.file.submodules.size === 0) return undefined;
  let at: Node | undefined = node;
  while (at?.type === "MemberExpression" && at.children[1]?.type === ".") at = at.children[0];
  if (at?.type !== "VariableName") return undefined;
  const meaning = f.scope.find(f.file.textOf(at));
  const known = meaning?.kind === "variable" ? f.file.submodules.get(meaning.variable) : undefined;
  return known?.get(f.file.textOf(node).replace(/\s+/g, ""));
}

export function get(f: FunctionLowering, object: ValueId, property: string, node: Node, key: Node): ValueId {
  const dst = f.next();
  f.emit({ op: "get", dst, object, property, span: f.file.span(node), propertySpan: f.file.span(key) });
  return dst;
}

/** `object[key]`, after the object: a member where the key is a text, an element where it is a number, part of it where it is a slice. */
export function elementOf(f: FunctionLowering, object: ValueId, node: Node): ValueId {
  const inside = node.children.slice(1);
  const span = f.file.span(node);
  const keys = expressionsIn({ ...node, children: inside });
  const [key] = keys;
  if (inside.some(({ type }) => type === ":")) {
    for (const bound of keys) value(f, bound);
    const dst = f.next();
    f.emit({ op: "rest", dst, object, except: [], span });
    return dst;
  }
  if (!key) return f.unknown([object], node);
  const text = plainText(f.file.text, key);
  if (text !== undefined && keys.length === 1) return get(f, object, text, node, key);
  const dst0 = key.type === "Number" || isNegative(key) ? f.next() : undefined;
  if (dst0 !== undefined && keys.length === 1) {
    const index = Number(f.file.textOf(key));
    f.emit({ op: "element", dst: dst0, collection: object, ...(index >= 0 && { index }), span });
    return dst0;
  }
  const index = keys.length === 1 ? value(f, key) : arrayLiteral(f, inside, node);
  const dst = f.next();
  f.emit({ op: "index", dst, object, key: index, span });
  return dst;
}

const isNegative = ({ type, children }: Node): boolean =>
  type === "UnaryExpression" && children[0]?.type === "ArithOp" && children[1]?.type === "Number";

export function yieldValue(f: FunctionLowering, node: Node): ValueId {
  const operands = node.children.filter(({ type }) => type !== "yield" && type !== "from");
  const given = operands.filter(({ type }) => type !== ",");
  const [only] = given;
  const operand =
    given.length === 0 ? undefined : given.length === 1 ? value(f, only!) : arrayLiteral(f, operands, node);
  const dst = f.next();
  f.generator = true;
  const delegate = childOf(node, "from") !== undefined;
  f.emit({ op: "yield", dst, ...(operand !== undefined && { value: operand }), delegate, span: f.file.span(node) });
  return dst;
}
