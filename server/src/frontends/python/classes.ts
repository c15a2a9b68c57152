import type { ClassFacts, ClassId, DecoratorFact, FunctionId, MemberFact, TypeRef, ValueId } from "../../core/facts.ts";
import { span } from "../../core/text.ts";
import { finish } from "../control-flow/blocks.ts";
import { argumentsOf } from "./calls.ts";
import { fieldsConstructor } from "./dataclasses.ts";
import { apply, decoratorFacts, evaluate, isTransparent } from "./decorators.ts";
import { value } from "./expressions.ts";
import { FunctionLowering } from "./function-lowering.ts";
import { closureOf, lowerFunction } from "./functions.ts";
import { declareNames } from "./names.ts";
import { childOf, parts, statementsOf } from "./nodes.ts";
import { lowerStatement, record } from "./statements.ts";
import { store } from "./targets.ts";
import type { Node } from "./tree.ts";
import { typeRef } from "./types.ts";

/** Lowers a class statement; the name holds the class. */
export function lowerClass(f: FunctionLowering, node: Node, decorators: readonly Node[]): void {
  const { file } = f;
  const list = childOf(node, "ArgList");
  const bases = parts(list?.children ?? [])
    .filter((part) => part.length === 1)
    .map(([base]) => base!);
  for (const part of parts(list?.children ?? [])) if (part.length > 1) argumentsOf(f, { ...list!, children: part });
  const superclass = superclassOf(f, bases, node);
  const facts = decoratorFacts(f, decorators);
  for (const one of decorators) if (childOf(one, "ArgList")) evaluate(f, one);
  const known = f.copying > 0 ? file.once.classes.get(node) : undefined;
  const id = known ?? file.reserveClass();
  if (known === undefined) {
    if (f.copying > 0) file.once.classes.set(node, id);
    file.classes[id] = describe(f, node, id, { superclass, bases, decorators: facts });
  }
  const dst = f.next();
  f.emit({ op: "class", dst, class: id, span: file.span(node) });
  const name = childOf(node, "VariableName");
  if (name) store(f, file.textOf(name), dst, file.span(name));
}

/** `Base[T]` is `Base`. */
const bare = (node: Node): Node =>
  node.type === "MemberExpression" && node.children[1]?.type === "[" ? node.children[0]! : node;

function superclassOf(f: FunctionLowering, bases: readonly Node[], node: Node): ValueId | undefined {
  const values = bases.map((base) => value(f, bare(base)));
  if (values.length <= 1) return values[0];
  const dst = f.next();
  f.emit({ op: "either", dst, values, operator: "||", span: f.file.span(node) });
  return dst;
}

interface Head {
  readonly superclass: ValueId | undefined;
  readonly bases: readonly Node[];
  readonly decorators: readonly DecoratorFact[];
}

/** The members, and a function that runs the body of the class with `this` the class. */
function describe(outer: FunctionLowering, node: Node, id: ClassId, head: Head): ClassFacts {
  const { file } = outer;
  const name = childOf(node, "VariableName");
  const inside = childOf(node, "Body");
  const statements = inside ? statementsOf(inside) : [];
  const staticInitializer = file.reserveFunction(file.span(node), "initializer");
  const f = new FunctionLowering(file, staticInitializer, outer, { scope: "class" });
  file.depth += 5;
  const made: Made = { members: [], constructorFunction: undefined };
  declareNames(f, statements);
  for (const statement of statements) member(f, statement, id, made);
  const bodySpan = inside ? span(statements[0]?.start ?? inside.end, inside.end) : span(node.end, node.end);
  f.end({ kind: "return", span: span(bodySpan.end, bodySpan.end) });
  const types = head.bases.map((base) => typeRef(outer, base)).filter((type) => type.kind !== "other");
  made.constructorFunction ??= fieldsConstructor(f, node, id, head.decorators, types, made.members);
  file.depth -= 5;
  file.functions[staticInitializer] = {
    id: staticInitializer,
    kind: "initializer",
    async: false,
    generator: false,
    parameters: [],
    parent: outer.id,
    class: id,
    static: true,
    blocks: finish(f),
    entry: 0,
    span: file.ownSpan(node),
    bodySpan,
    tags: [],
  };
  const meaning = name && outer.scope.find(file.textOf(name));
  const [heritage, ...others] = types;
  return {
    ...(name && { name: file.textOf(name), nameSpan: file.ownSpan(name) }),
    span: file.ownSpan(node),
    ...(meaning?.kind === "variable" && { variable: meaning.variable }),
    ...(head.superclass !== undefined && { superclass: head.superclass }),
    ...(heritage && { heritage }),
    implements: others,
    members: made.members,
    ...(made.constructorFunction !== undefined && { constructorFunction: made.constructorFunction }),
    staticInitializer,
    decorators: head.decorators,
  };
}

interface Made {
  readonly members: MemberFact[];
  constructorFunction: FunctionId | undefined;
}

function member(f: FunctionLowering, statement: Node, id: ClassId, made: Made): void {
  const isDecorated = statement.type === "DecoratedStatement";
  const inner = isDecorated ? statement.children[statement.children.length - 1]! : statement;
  if (inner.type === "FunctionDefinition") {
    const decorators = isDecorated ? statement.children.filter(({ type }) => type === "Decorator") : [];
    record(f, statement, () => method(f, inner, decorators, id, made));
    return;
  }
  if (statement.type === "AssignStatement") field(f, statement, made);
  lowerStatement(f, statement);
}

/** What the decorators of the language make of a method. */
function kindOf(facts: readonly DecoratorFact[]): {
  readonly kind: MemberFact["kind"];
  readonly first: "object" | "class" | "none";
} {
  const last = new Set(facts.map(({ name }) => name[name.length - 1]));
  const kind = last.has("setter")
    ? "setter"
    : last.has("property") || last.has("cached_property") || last.has("hybrid_property")
      ? "getter"
      : "method";
  return { kind, first: last.has("staticmethod") ? "none" : last.has("classmethod") ? "class" : "object" };
}

function method(f: FunctionLowering, node: Node, decorators: readonly Node[], id: ClassId, made: Made): void {
  const { file } = f;
  const name = childOf(node, "VariableName");
  if (!name) return;
  const text = file.textOf(name);
  const facts = decoratorFacts(f, decorators);
  const { kind, first } = kindOf(facts);
  const own = decorators.filter((one) => !isTransparent(f, one)).map((one) => evaluate(f, one));
  const isStatic = first !== "object" || text === "__new__";
  const isConstructor = text === "__init__";
  const lowered = lowerFunction(f, node, {
    kind: isConstructor ? "constructor" : kind === "field" ? "method" : kind,
    class: id,
    ...(isStatic && { static: true }),
    ...(first !== "none" && { receiver: true }),
    ...(facts.length > 0 && { decorators: facts }),
  });
  f.scope.names.set(text, { kind: "method", function: lowered });
  f.scope.assign(text);
  if (isConstructor) {
    made.constructorFunction = lowered;
    return;
  }
  const type: TypeRef | undefined = kind === "getter" ? file.functions[lowered]?.returnType : undefined;
  made.members.push({
    name: text,
    kind,
    static: isStatic,
    function: lowered,
    ...(type && { type }),
    decorators: facts,
    span: file.ownSpan(node),
  });
  if (own.length === 0) return;
  // A wrapper of the project's own stands in the place of the method.
  const applied = own.reduceRight((inner, factory) => apply(f, factory, inner), closureOf(f, lowered, node));
  const object = f.next();
  const at = file.span(name);
  f.emit({ op: "this", dst: object, span: at });
  f.emit({ op: "set", object, property: text, value: applied, span: at });
}

const none: MemberFact["decorators"] = Object.freeze([]);

/** `pool: Pool`, `retries = 3`: an attribute of the class, which its instances have too. */
function field(f: FunctionLowering, statement: Node, made: Made): void {
  const [target] = statement.children;
  if (target?.type !== "VariableName") return;
  const annotation = childOf(statement, "TypeDef");
  const type = annotation && typeRef(f, annotation);
  made.members.push({
    name: f.file.textOf(target),
    kind: "field",
    static: childOf(statement, "AssignOp") !== undefined,
    ...(type && type.kind !== "other" && { type }),
    decorators: none,
    span: f.file.ownSpan(statement),
  });
}
