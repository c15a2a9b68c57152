import type { DecoratorFact, ValueId } from "../../core/facts.ts";
import { argumentsOf, calleeOf, emitCall } from "./calls.ts";
import type { FunctionLowering } from "./function-lowering.ts";
import { childOf } from "./nodes.ts";
import type { Node } from "./tree.ts";

/** A decorator with what was made of it before the function. */
export interface Factory {
  readonly node: Node;
  readonly register: ValueId;
}

/** The names of decorators, first to last. */
export function decoratorFacts(f: FunctionLowering, nodes: readonly Node[]): readonly DecoratorFact[] {
  return nodes.map((node) => {
    const name = namesOf(f, node);
    const variable = name[0] === undefined ? undefined : f.scope.type(name[0]);
    return { name, ...(variable !== undefined && { variable }), span: f.file.ownSpan(node) };
  });
}

const namesOf = (f: FunctionLowering, { children }: Node): readonly string[] =>
  children
    .filter(({ type }) => type === "VariableName" || type === "PropertyName")
    .map((child) => f.file.textOf(child));

const transparent: ReadonlySet<string> = new Set([
  "property",
  "cached_property",
  "staticmethod",
  "classmethod",
  "abstractmethod",
  "setter",
  "getter",
  "deleter",
  "overload",
  "override",
  "final",
  "contextmanager",
  "asynccontextmanager",
  "wraps",
  "lru_cache",
  "cache",
]);

/** Decorators of the standard library: the facts say what they do. */
export const isTransparent = (f: FunctionLowering, node: Node): boolean =>
  transparent.has(namesOf(f, node).at(-1) ?? "");

/** `@name` and `@name(…)`: the factory runs where the function is made. */
export function evaluate(f: FunctionLowering, node: Node): Factory {
  const callee = expressionOf(node);
  const list = childOf(node, "ArgList");
  if (!callee) return { node, register: f.unknown([], node) };
  const called = calleeOf(f, callee);
  if (!list) return { node, register: called.callee };
  const register = emitCall(f, {
    ...called,
    style: "decorator",
    arguments: argumentsOf(f, list),
    use: "used",
    span: f.file.span(node),
    calleeSpan: f.file.span(callee),
    argumentsSpan: f.file.span(list),
    managed: false,
  });
  return { node, register };
}

/** What a decorator makes of a function. */
export function apply(f: FunctionLowering, { node, register }: Factory, inner: ValueId): ValueId {
  const at = f.file.span(node);
  return emitCall(f, {
    style: "decorator",
    callee: register,
    arguments: [{ value: inner, spread: false, span: at }],
    use: "used",
    span: at,
    calleeSpan: at,
    argumentsSpan: { start: at.end, end: at.end },
    managed: false,
  });
}

/** The dotted name of a decorator as an expression. */
function expressionOf({ children }: Node): Node | undefined {
  let made: Node | undefined;
  for (const [index, child] of children.entries()) {
    if (child.type !== "VariableName" && child.type !== "PropertyName") continue;
    if (!made) made = child;
    else {
      const dot = children[index - 1]!;
      const property = { ...child, type: "PropertyName" };
      made = { type: "MemberExpression", start: made.start, end: child.end, children: [made, dot, property] };
    }
  }
  return made;
}
