import { ts } from "ts-morph";
import type { ClassId, FunctionFacts, FunctionId, ParameterFact, TypeRef, ValueId } from "../../core/facts.ts";
import { type Span, span } from "../../core/text.ts";
import type { Writable } from "../../core/writable.ts";
import { finish } from "../control-flow/blocks.ts";
import { Outside } from "../control-flow/outside.ts";
import { functionTags } from "./comments.ts";
import { decorators } from "./decorators.ts";
import { value } from "./expressions.ts";
import type { FileLowering } from "./file-lowering.ts";
import { FunctionLowering } from "./function-lowering.ts";
import { declareName, declareNames, declareStatements, declareVars } from "./hoist.ts";
import { type FunctionDocTypes, functionDocTypes, hasDocTypes } from "./jsdoc.ts";
import { withDefault } from "./operators.ts";
import { bind } from "./patterns.ts";
import { Scope } from "./scope.ts";
import { body } from "./statements.ts";
import { bindTypeParameters, typeRef } from "./types.ts";

const { NodeFlags, SyntaxKind } = ts;

export interface Shape {
  readonly kind: FunctionFacts["kind"];
  readonly name?: ts.Node | undefined;
  readonly class?: ClassId;
  readonly static?: true;
  /** Runs in the entry block, after the parameters. */
  readonly first?: (inner: FunctionLowering) => void;
}

/** A function expression or arrow as a value. `name` is the node that names it, where it has no name of its own. */
export function functionValue(
  f: FunctionLowering,
  node: ts.ArrowFunction | ts.FunctionExpression,
  name: ts.Node | undefined,
): ValueId {
  const kind = ts.isArrowFunction(node) ? "arrow" : "function";
  const at = f.file.span(node);
  if (!node.name) {
    const id = lowerFunction(f, node, { kind, name });
    const dst = f.next();
    f.emit({ op: "closure", dst, function: id, span: at });
    return dst;
  }
  // The name of a function expression is bound inside of it alone.
  const outside = f.scope;
  f.scope = new Scope(outside);
  const variable = declareName(f, node.name, "function");
  const id = lowerFunction(f, node, { kind, name: node.name });
  f.scope = outside;
  const dst = f.next();
  f.emit({ op: "closure", dst, function: id, span: at });
  f.store(variable, dst, f.file.span(node.name));
  return dst;
}

/** Lowers a function with its body, once: further copies of a `finally` body share it. */
export function lowerFunction(outer: FunctionLowering, node: ts.FunctionLikeDeclaration, shape: Shape): FunctionId {
  const { file } = outer;
  const known = outer.copying > 0 ? file.once.functions.get(node) : undefined;
  if (known !== undefined) return known;
  const at = file.ownSpan(node);
  const id = file.reserveFunction(at, shape.kind);
  if (outer.copying > 0) file.once.functions.set(node, id);
  const context = file.reuse && contextOf(outer, node, shape);
  if (context !== undefined && file.reuse?.take(id, at, context, outer.scope, outer.statement)) {
    const name = file.functions[id]?.nameSpan;
    // A name may stand apart from its function.
    if (name && shape.name) Object.assign(name, nameSpan(file, shape.name));
    return id;
  }
  const before = file.reuse?.lengths();
  const outside: Scope["outside"] = context === undefined ? undefined : new Outside();
  const f = new FunctionLowering(file, id, outer, outside);
  // A function takes as much of the stack as several expressions.
  file.depth += 5;
  bindTypeParameters(f, node.typeParameters);
  const documented = functionDocTypes(f, node);
  const parameters = lowerParameters(f, node, documented);
  shape.first?.(f);
  const code = node.body;
  const bodySpan = code ? file.ownSpan(code) : span(node.end, node.end);
  if (code && ts.isBlock(code)) {
    declareVars(f, code);
    declareStatements(f, code.statements);
    body(f, code.statements);
    f.end({ kind: "return", span: closing(bodySpan) });
  } else if (code) {
    const result = value(f, code as ts.Expression, "returned");
    f.end({ kind: "return", value: result, span: bodySpan });
  } else f.end({ kind: "return", span: bodySpan });
  const returnType = node.type ? typeRef(f, node.type) : documented?.returns;
  file.depth -= 5;
  const made: Writable<FunctionFacts> = {
    id,
    kind: shape.kind,
    async: node.modifiers?.some(isAsync) ?? false,
    generator: node.asteriskToken !== undefined,
    parameters,
    parent: outer.id,
    static: shape.static ?? false,
    blocks: finish(f),
    entry: 0,
    span: at,
    bodySpan,
    tags: functionTags(outer, node, shape.name),
  };
  const name = nameText(shape.name);
  if (name !== undefined) made.name = name;
  if (shape.name) made.nameSpan = nameSpan(file, shape.name);
  if (returnType) made.returnType = returnType;
  if (shape.class !== undefined) made.class = shape.class;
  file.functions[id] = made;
  if (context !== undefined && before && outside) file.reuse?.add(id, at, context, before, outside);
  return id;
}

const nameSpan = (file: FileLowering, name: ts.Node): Span =>
  file.ownSpan(ts.isPropertyAccessExpression(name) ? name.name : name);

/** What a function's facts owe to what is around it, in words; undefined where they owe it more than words can say. */
function contextOf(outer: FunctionLowering, node: ts.FunctionLikeDeclaration, shape: Shape): string | undefined {
  const isDecorated = node.parameters.some(({ modifiers }) => modifiers?.some(ts.isDecorator));
  if (outer.copying > 0 || shape.first || isDecorated || hasDocTypes(outer, node)) return undefined;
  return [
    shape.kind,
    shape.name && "named",
    nameText(shape.name),
    shape.class,
    shape.static,
    outer.id,
    outer.file.depth,
    node.flags & NodeFlags.ContextFlags,
    functionTags(outer, node, shape.name).join(" "),
  ].join("\n");
}

const isAsync = ({ kind }: ts.Node): boolean => kind === SyntaxKind.AsyncKeyword;

/** The brace that closes a body: where a function ends that does not return. */
const closing = (body: Span): Span => span(Math.max(body.start, body.end - 1), body.end);

/** The name that a node gives to the function assigned to it. */
export function nameText(node: ts.Node | undefined): string | undefined {
  if (!node) return undefined;
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  if (
    ts.isIdentifier(node) ||
    ts.isPrivateIdentifier(node) ||
    ts.isStringLiteralLike(node) ||
    ts.isNumericLiteral(node)
  )
    return node.text || undefined;
  if (ts.isComputedPropertyName(node)) return `[${expressionName(node.expression)}]`;
  return undefined;
}

function expressionName(node: ts.Expression): string {
  if (ts.isPropertyAccessExpression(node)) return `${expressionName(node.expression)}.${node.name.text}`;
  return ts.isIdentifier(node) || ts.isStringLiteralLike(node) ? node.text : "";
}

function lowerParameters(
  f: FunctionLowering,
  node: ts.FunctionLikeDeclaration,
  documented: FunctionDocTypes | undefined,
): readonly ParameterFact[] {
  if (node.parameters.length === 0) return none;
  const list = node.parameters.filter(({ name }) => !(ts.isIdentifier(name) && name.text === "this"));
  const facts: ParameterFact[] = [];
  const variables = list.map(({ name }) => {
    if (ts.isIdentifier(name)) return declareName(f, name, "parameter");
    declareNames(f, name, "let");
    return f.file.declare("", "parameter", f.id, f.file.span(name));
  });
  list.forEach((parameter, index) => {
    const variable = variables[index]!;
    const { name, initializer } = parameter;
    const type = parameter.type ? typeRef(f, parameter.type) : documentedType(name, index, documented);
    if (type) f.file.variables[variable]!.type = type;
    const isProperty = parameter.modifiers?.some(({ kind }) => parameterProperty.has(kind)) ?? false;
    const fact: Writable<ParameterFact> = {
      variable,
      rest: parameter.dotDotDotToken !== undefined,
      optional: parameter.questionToken !== undefined || initializer !== undefined,
      property: isProperty,
      decorators: decorators(f.outer ?? f, parameter),
      span: f.file.ownSpan(parameter),
    };
    if (type) fact.type = type;
    facts.push(fact);
    const at = f.file.span(name);
    if (initializer) f.store(variable, withDefault(f, f.load(variable, at), initializer, name), at);
    if (!ts.isIdentifier(name)) bind(f, name, f.load(variable, at));
    if (isProperty && ts.isIdentifier(name)) {
      const object = f.next();
      f.emit({ op: "this", dst: object, span: at });
      f.emit({ op: "set", object, property: name.text, value: f.load(variable, at), span: at });
    }
  });
  return facts;
}

/** Most functions of a test have no parameters. */
const none: readonly ParameterFact[] = Object.freeze([]);

/** By its name; a pattern has none and goes by its place. */
function documentedType(
  name: ts.BindingName,
  index: number,
  documented: FunctionDocTypes | undefined,
): TypeRef | undefined {
  if (!documented) return undefined;
  if (!ts.isIdentifier(name)) return documented.parameters[index]?.type;
  return documented.parameters.find((parameter) => parameter.name === name.text)?.type;
}

const parameterProperty: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.PublicKeyword,
  SyntaxKind.PrivateKeyword,
  SyntaxKind.ProtectedKeyword,
  SyntaxKind.ReadonlyKeyword,
  SyntaxKind.OverrideKeyword,
]);
