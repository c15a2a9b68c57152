import type { ClassId, DecoratorFact, FunctionFacts, FunctionId, ParameterFact, ValueId } from "../../core/facts.ts";
import { type Span, span } from "../../core/text.ts";
import type { Writable } from "../../core/writable.ts";
import { finish } from "../control-flow/blocks.ts";
import { Outside } from "../control-flow/outside.ts";
import { functionTags } from "./comments.ts";
import { apply, decoratorFacts, evaluate, isTransparent } from "./decorators.ts";
import { value } from "./expressions.ts";
import { FunctionLowering } from "./function-lowering.ts";
import { declareNames } from "./names.ts";
import { childOf, has, parts, statementsOf } from "./nodes.ts";
import type { Scope } from "./scope.ts";
import { body, suite } from "./statements.ts";
import { store } from "./targets.ts";
import type { Node } from "./tree.ts";
import { annotatedCalls, returnType, typeRef } from "./types.ts";

export interface Shape {
  readonly kind: FunctionFacts["kind"];
  readonly class?: ClassId;
  readonly static?: true;
  /** The first parameter is the object itself. */
  readonly receiver?: true;
  readonly decorators?: readonly DecoratorFact[];
}

/** `def f(…): …` as a statement, with what stands above it. */
export function definition(f: FunctionLowering, node: Node, decorators: readonly Node[]): void {
  const name = childOf(node, "VariableName");
  const facts = decoratorFacts(f, decorators);
  const factories = decorators.filter((one) => !isTransparent(f, one)).map((one) => evaluate(f, one));
  // A function inside of a method means the method's object by `this`, as an arrow does.
  const kind = f.inMethod ? "arrow" : "function";
  const id = lowerFunction(f, node, { kind, ...(facts.length > 0 && { decorators: facts }) });
  const closure = closureOf(f, id, node);
  const made = factories.reduceRight((inner, factory) => apply(f, factory, inner), closure);
  if (name) store(f, f.file.textOf(name), made, f.file.span(name));
}

export function closureOf(f: FunctionLowering, id: FunctionId, node: Node): ValueId {
  const dst = f.next();
  f.emit({ op: "closure", dst, function: id, span: f.file.span(node) });
  return dst;
}

export function lambda(f: FunctionLowering, node: Node): ValueId {
  return closureOf(f, lowerFunction(f, node, { kind: "arrow" }), node);
}

/** Lowers a function with its body, once: further copies of a `finally` body share it. */
export function lowerFunction(outer: FunctionLowering, node: Node, shape: Shape): FunctionId {
  const { file } = outer;
  const known = outer.copying > 0 ? file.once.functions.get(node) : undefined;
  if (known !== undefined) return known;
  const at = file.ownSpan(node);
  const id = file.reserveFunction(at, shape.kind);
  if (outer.copying > 0) file.once.functions.set(node, id);
  const context = file.reuse && outer.copying === 0 ? contextOf(outer, node, shape) : undefined;
  if (context !== undefined && file.reuse?.take(id, at, context, outer.scope.around, outer.statement)) {
    moveDecorators(file.functions[id]?.decorators, shape.decorators);
    return id;
  }
  const before = file.reuse?.lengths();
  const { registers } = outer;
  const outside: Scope["outside"] = context === undefined ? undefined : new Outside();
  const f = new FunctionLowering(file, id, outer, {
    scope: "function",
    ...(shape.class !== undefined && { inMethod: true }),
    outside,
  });
  // A function takes as much of the stack as several expressions.
  file.depth += 5;
  const list = childOf(node, "ParamList");
  const code = childOf(node, "Body");
  const colon = node.children.findIndex(({ type }) => type === ":");
  const expression = code || colon < 0 ? undefined : node.children[colon + 1];
  const parameters = lowerParameters(f, outer, list, shape);
  const bodySpan = code ? suite(code) : expression ? file.ownSpan(expression) : span(node.end, node.end);
  if (code) {
    declareNames(f, statementsOf(code));
    body(f, code);
    f.end({ kind: "return", span: lastOf(bodySpan) });
  } else if (expression) {
    f.end({ kind: "return", value: value(f, expression, "returned"), span: bodySpan });
  } else f.end({ kind: "return", span: bodySpan });
  const returns = childOf(node, "TypeDef");
  const type = returns && returnType(f, returns);
  file.depth -= 5;
  const made: Writable<FunctionFacts> = {
    id,
    kind: shape.kind,
    async: has(node, "async"),
    generator: f.generator,
    parameters,
    parent: outer.id,
    static: shape.static ?? false,
    blocks: finish(f),
    entry: 0,
    span: at,
    bodySpan,
    tags: functionTags(file, node, code),
  };
  const name = node.type === "FunctionDefinition" ? childOf(node, "VariableName") : undefined;
  if (name) {
    made.name = file.textOf(name);
    made.nameSpan = file.ownSpan(name);
  }
  if (type) made.returnType = type;
  if (shape.decorators) made.decorators = shape.decorators;
  if (shape.class !== undefined) made.class = shape.class;
  file.functions[id] = made;
  // What is made for its parameters where it stands, its surroundings make.
  if (context !== undefined && before && outside && outer.registers === registers)
    file.reuse?.add(id, at, context, before, outside);
  return id;
}

/** What a function's facts owe to what is around it, in words: names in its parameters and its return type are looked up where it stands. */
function contextOf(outer: FunctionLowering, node: Node, shape: Shape): string {
  const { file, scope } = outer;
  const head = [childOf(node, "ParamList"), childOf(node, "TypeDef")].map((part) => (part ? file.textOf(part) : ""));
  const names = new Set(head.join(" ").match(/[^\W\d]\w*/g));
  return [
    node.type,
    shape.kind,
    shape.class,
    shape.static,
    shape.receiver,
    shape.decorators?.map(({ name, variable }) => `${name.join(".")} ${variable}`),
    outer.id,
    outer.inMethod,
    file.depth,
    file.typeChecking,
    functionTags(file, node, childOf(node, "Body")).join(" "),
    ...[...names].map((name) => {
      const variable = scope.type(name);
      const isAlias = variable !== undefined && file.types.some((one) => one.variable === variable);
      return [name, variable, isAlias, variable === undefined ? "" : file.variables[variable]?.kind].join(" ");
    }),
  ].join("\n");
}

/** Decorators stand apart from their function. */
function moveDecorators(all: readonly DecoratorFact[] | undefined, to: readonly DecoratorFact[] = []): void {
  all?.forEach((one, index) => {
    Object.assign(one.span, to[index]?.span);
  });
}

/** Where a function ends that does not return. */
const lastOf = (body: Span): Span => span(Math.max(body.start, body.end - 1), body.end);

function lowerParameters(
  f: FunctionLowering,
  outer: FunctionLowering,
  list: Node | undefined,
  shape: Shape,
): readonly ParameterFact[] {
  const facts: ParameterFact[] = [];
  const defaults: (() => void)[] = [];
  let isKeywordOnly = false;
  for (const [index, part] of parts(list?.children ?? []).entries()) {
    const star = part[0]?.type === "*" ? "*" : part[0]?.type === "**" ? "**" : undefined;
    const name = part.find(({ type }) => type === "VariableName");
    if (star === "*") isKeywordOnly = true;
    if (!name) continue;
    const text = f.file.textOf(name);
    if (index === 0 && shape.receiver && star === undefined) {
      f.scope.names.set(text, { kind: "this" });
      continue;
    }
    const at = f.file.span(name);
    const variable = f.file.declare(text, "parameter", f.id, at);
    f.scope.names.set(text, { kind: "variable", variable });
    const annotation = childOf({ ...name, children: part }, "TypeDef");
    const type = annotation && typeRef(outer, annotation);
    const declared = type && type.kind !== "other" && star === undefined ? type : undefined;
    if (declared) f.file.variables[variable]!.type = declared;
    const assigned = part.findIndex((one) => one.type === "AssignOp");
    const initializer = assigned < 0 ? undefined : part[assigned + 1];
    const given = givenValue(f, outer, initializer, annotation);
    if (given)
      defaults.push(() => {
        const dst = f.next();
        const loaded = f.load(variable, at);
        f.emit({ op: "either", dst, values: [loaded, given()], operator: "??", span: at });
        f.store(variable, dst, at);
      });
    facts.push({
      variable,
      ...(declared && { type: declared }),
      rest: star !== undefined,
      optional: initializer !== undefined,
      property: false,
      ...(star === "**" ? { keyword: "rest" as const } : isKeywordOnly && !star && { keyword: "only" as const }),
      decorators: none,
      span: span(part[0]!.start, part[part.length - 1]!.end),
    });
  }
  for (const set of defaults) set();
  return facts;
}

const none: readonly DecoratorFact[] = Object.freeze([]);

const literals: ReadonlySet<string> = new Set(["Number", "String", "Boolean"]);

/** What a parameter holds where nobody hands it over. Defaults are made where the function is, once; `None` says that there is none. */
function givenValue(
  f: FunctionLowering,
  outer: FunctionLowering,
  initializer: Node | undefined,
  annotation: Node | undefined,
): (() => ValueId) | undefined {
  if (initializer && initializer.type !== "None" && initializer.type !== "Ellipsis") {
    if (literals.has(initializer.type)) return () => value(f, initializer);
    return kept(f, outer, initializer, value(outer, initializer));
  }
  if (!annotation) return undefined;
  const [handed] = annotatedCalls(f.file.text, annotation);
  if (handed) return kept(f, outer, handed, value(outer, handed));
  const alias = annotation.children.find(({ type }) => type === "VariableName");
  if (!alias || annotation.children.length > 2) return undefined;
  const name = f.file.textOf(alias);
  const variable = outer.scope.type(name);
  if (variable === undefined) return undefined;
  const isAlias = f.file.types.some((one) => one.variable === variable);
  const isNamed = f.file.variables[variable]?.kind === "import" && /Dep(?:s|endency)?$/.test(name);
  return isAlias || isNamed ? () => f.load(variable, f.file.span(alias)) : undefined;
}

function kept(f: FunctionLowering, outer: FunctionLowering, node: Node, register: ValueId): () => ValueId {
  const at = f.file.span(node);
  const variable = f.file.declare("", "temporary", outer.id, at);
  outer.store(variable, register, at);
  return () => f.load(variable, at);
}
