import { ts } from "ts-morph";
import type { ClassFacts, ClassId, FunctionId, MemberFact, TypeRef, ValueId } from "../../core/facts.ts";
import { span } from "../../core/text.ts";
import { finish } from "../control-flow/blocks.ts";
import { decorators } from "./decorators.ts";
import { value } from "./expressions.ts";
import { FunctionLowering } from "./function-lowering.ts";
import { lowerFunction, nameText } from "./functions.ts";
import { declareName, declareStatements, declareVars } from "./hoist.ts";
import { docType, documents } from "./jsdoc.ts";
import { literalKey } from "./patterns.ts";
import { Scope } from "./scope.ts";
import { body } from "./statements.ts";
import { bindTypeParameters, functionType, typeRef } from "./types.ts";

const { SyntaxKind } = ts;

/** A class expression. `name` is the node that names it, where it has no name of its own. */
export function classValue(f: FunctionLowering, node: ts.ClassExpression, name: ts.Node | undefined): ValueId {
  if (!node.name) return lowerClass(f, node, name);
  const outside = f.scope;
  f.scope = new Scope(outside);
  const variable = declareName(f, node.name, "class");
  const dst = lowerClass(f, node, node.name);
  f.scope = outside;
  f.store(variable, dst, f.file.span(node.name));
  return dst;
}

/** Lowers a class and returns the register of the class itself. */
export function lowerClass(f: FunctionLowering, node: ts.ClassLikeDeclaration, name: ts.Node | undefined): ValueId {
  const { file } = f;
  const heritage = node.heritageClauses?.find(({ token }) => token === SyntaxKind.ExtendsKeyword)?.types[0];
  const superclass = heritage && value(f, heritage.expression);
  const known = f.copying > 0 ? file.once.classes.get(node) : undefined;
  const id = known ?? file.reserveClass();
  if (known === undefined) {
    if (f.copying > 0) file.once.classes.set(node, id);
    file.classes[id] = describe(f, node, id, name, superclass, heritage);
  }
  const dst = f.next();
  f.emit({ op: "class", dst, class: id, span: file.span(node) });
  return dst;
}

function describe(
  f: FunctionLowering,
  node: ts.ClassLikeDeclaration,
  id: ClassId,
  name: ts.Node | undefined,
  superclass: ValueId | undefined,
  heritage: ts.ExpressionWithTypeArguments | undefined,
): ClassFacts {
  const { file } = f;
  const factories = decorators(f, node);
  const outside = f.scope;
  f.scope = new Scope(outside);
  bindTypeParameters(f, node.typeParameters);
  const members: MemberFact[] = [];
  let constructorFunction: FunctionId | undefined;
  for (const member of node.members) {
    if (ts.isConstructorDeclaration(member)) {
      const properties = parameterProperties(f, member);
      if (member.body) {
        constructorFunction = lowerFunction(f, member, { kind: "constructor", class: id });
        members.push(...properties);
      }
    } else if (!ts.isClassStaticBlockDeclaration(member)) {
      const fact = memberFact(f, member, id);
      if (fact) members.push(fact);
    }
  }
  const initializer = initializerFunction(
    f,
    node,
    id,
    node.members.filter((member) => ts.isPropertyDeclaration(member) && !isStatic(member)),
  );
  const staticInitializer = initializerFunction(
    f,
    node,
    id,
    node.members.filter(
      (member) => ts.isClassStaticBlockDeclaration(member) || (ts.isPropertyDeclaration(member) && isStatic(member)),
    ),
    { static: true },
  );
  const text = nameText(name);
  const heritageType = heritage && typeRef(f, heritage);
  const implemented = node.heritageClauses?.find(({ token }) => token === SyntaxKind.ImplementsKeyword)?.types ?? [];
  const implementsTypes = implemented.map((type) => typeRef(f, type));
  f.scope = outside;
  const variable = node.name && f.scope.value(node.name.text);
  return {
    ...(text !== undefined && { name: text }),
    span: file.ownSpan(node),
    ...(name && { nameSpan: file.ownSpan(name) }),
    ...(variable !== undefined && { variable }),
    ...(superclass !== undefined && { superclass }),
    ...(heritageType && { heritage: heritageType }),
    implements: implementsTypes,
    members,
    ...(constructorFunction !== undefined && { constructorFunction }),
    ...(initializer !== undefined && { initializer }),
    ...(staticInitializer !== undefined && { staticInitializer }),
    decorators: factories,
  };
}

const isStatic = (node: ts.ClassElement): boolean =>
  (ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === SyntaxKind.StaticKeyword)) || false;

function memberFact(f: FunctionLowering, node: ts.ClassElement, id: ClassId): MemberFact | undefined {
  const text = nameText(node.name);
  if (text === undefined || !node.name) return undefined;
  const isMethod = ts.isMethodDeclaration(node);
  const isAccessor = ts.isGetAccessor(node) || ts.isSetAccessor(node);
  if (!isMethod && !isAccessor && !ts.isPropertyDeclaration(node)) return undefined;
  const placed = { name: text, static: isStatic(node), decorators: decorators(f, node), span: f.file.ownSpan(node) };
  if (ts.isPropertyDeclaration(node)) {
    const type = node.type ? typeRef(f, node.type) : docType(f, node);
    return { ...placed, kind: "field", ...(type && { type }) };
  }
  const kind = isMethod ? "method" : ts.isGetAccessor(node) ? "getter" : "setter";
  const type = memberType(f, node);
  if (!node.body) {
    // Overload signatures precede the method; an abstract member has its type alone.
    const isAbstract = node.modifiers?.some((modifier) => modifier.kind === SyntaxKind.AbstractKeyword) ?? false;
    return isAbstract ? { ...placed, kind, ...(type && { type }) } : undefined;
  }
  const lowered = lowerFunction(f, node, { kind, name: node.name, class: id, ...(placed.static && { static: true }) });
  return { ...placed, kind, function: lowered, ...(type && kind === "getter" && { type }) };
}

function memberType(f: FunctionLowering, node: ts.MethodDeclaration | ts.AccessorDeclaration): TypeRef | undefined {
  if (ts.isMethodDeclaration(node)) return node.body ? undefined : functionType(f, node);
  return ts.isGetAccessor(node) && node.type ? typeRef(f, node.type) : undefined;
}

/** `constructor(private readonly db: Db)` declares a field. */
function parameterProperties(f: FunctionLowering, node: ts.ConstructorDeclaration): readonly MemberFact[] {
  const fields: MemberFact[] = [];
  for (const { name, modifiers, type } of node.parameters) {
    if (!modifiers?.some((modifier) => !ts.isDecorator(modifier)) || !ts.isIdentifier(name)) continue;
    const declared = type && typeRef(f, type);
    fields.push({
      name: name.text,
      kind: "field",
      static: false,
      ...(declared && { type: declared }),
      decorators: [],
      span: f.file.ownSpan(name),
    });
  }
  return fields;
}

/** One function that sets the fields (and runs the static blocks), in order. */
function initializerFunction(
  outer: FunctionLowering,
  node: ts.ClassLikeDeclaration,
  id: ClassId,
  members: readonly ts.ClassElement[],
  shape?: { readonly static: true },
): FunctionId | undefined {
  const { file } = outer;
  const works = members.some(
    (member) => ts.isClassStaticBlockDeclaration(member) || (member as ts.PropertyDeclaration).initializer,
  );
  if (!works) return undefined;
  const functionId = file.reserveFunction(file.span(node), "initializer");
  const f = new FunctionLowering(file, functionId, outer);
  for (const member of members) {
    if (ts.isClassStaticBlockDeclaration(member)) {
      const outside = f.scope;
      f.scope = new Scope(outside);
      declareVars(f, member.body);
      declareStatements(f, member.body.statements);
      body(f, member.body.statements);
      f.scope = outside;
    } else setField(f, member as ts.PropertyDeclaration);
  }
  const bodySpan = span(node.members.pos, node.members.end);
  f.end({ kind: "return", span: span(bodySpan.end, bodySpan.end) });
  file.functions[functionId] = {
    id: functionId,
    kind: "initializer",
    async: false,
    generator: false,
    parameters: [],
    parent: outer.id,
    class: id,
    static: shape?.static ?? false,
    blocks: finish(f),
    entry: 0,
    span: file.ownSpan(node),
    bodySpan,
    tags: [],
  };
  return functionId;
}

function setField(f: FunctionLowering, node: ts.PropertyDeclaration): void {
  if (!node.initializer) return;
  documents(f, node, node.initializer);
  const at = f.file.span(node);
  const key = literalKey(node.name);
  const object = f.next();
  f.emit({ op: "this", dst: object, span: at });
  if (key !== undefined) {
    f.emit({ op: "set", object, property: key, value: value(f, node.initializer, "used", node.name), span: at });
    return;
  }
  const computed = ts.isComputedPropertyName(node.name) ? value(f, node.name.expression) : f.unknown([], node.name);
  f.emit({ op: "setIndex", object, key: computed, value: value(f, node.initializer, "used", node.name), span: at });
}
