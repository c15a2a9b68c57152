import { ts } from "ts-morph";
import type { TypeRef, VariableId } from "../../core/facts.ts";
import { dotted } from "./decorators.ts";
import { unwrap } from "./expressions.ts";
import type { FunctionLowering } from "./function-lowering.ts";

const { SyntaxKind } = ts;

const other: TypeRef = { kind: "other" };

/** A type as written. Names are looked up in the scope at hand. */
export function typeRef(f: FunctionLowering, node: ts.TypeNode): TypeRef {
  if (f.file.depth >= 400) return other;
  f.file.depth++;
  const type = convert(f, node);
  f.file.depth--;
  return type;
}

function convert(f: FunctionLowering, node: ts.TypeNode): TypeRef {
  switch (node.kind) {
    case SyntaxKind.TypeReference: {
      const { typeName, typeArguments } = node as ts.TypeReferenceNode;
      return named(f, dotted(typeName), typeArguments);
    }
    case SyntaxKind.ExpressionWithTypeArguments: {
      const { expression, typeArguments } = node as ts.ExpressionWithTypeArguments;
      return named(f, dotted(expression), typeArguments);
    }
    case SyntaxKind.TypeQuery: {
      const { exprName } = node as ts.TypeQueryNode;
      if (ts.isImportTypeNode(exprName)) return imported(f, exprName, "typeof");
      const name = dotted(exprName);
      const variable = f.scope.value(name[0] ?? "");
      return { kind: "typeof", name, ...(variable !== undefined && { variable }) };
    }
    case SyntaxKind.ImportType:
      return imported(f, node as ts.ImportTypeNode, (node as ts.ImportTypeNode).isTypeOf ? "typeof" : "named");
    case SyntaxKind.UnionType:
      return { kind: "union", of: (node as ts.UnionTypeNode).types.map((type) => typeRef(f, type)) };
    case SyntaxKind.IntersectionType:
      return { kind: "intersection", of: (node as ts.IntersectionTypeNode).types.map((type) => typeRef(f, type)) };
    case SyntaxKind.TypeLiteral:
      return { kind: "object", members: typeMembers(f, (node as ts.TypeLiteralNode).members) };
    case SyntaxKind.FunctionType:
    case SyntaxKind.ConstructorType:
      return functionType(f, node as ts.FunctionTypeNode);
    case SyntaxKind.ArrayType:
      return { kind: "array", of: typeRef(f, (node as ts.ArrayTypeNode).elementType) };
    case SyntaxKind.TupleType:
      return {
        kind: "array",
        of: { kind: "union", of: (node as ts.TupleTypeNode).elements.map((type) => typeRef(f, type)) },
      };
    case SyntaxKind.NamedTupleMember:
    case SyntaxKind.ParenthesizedType:
    case SyntaxKind.OptionalType:
    case SyntaxKind.RestType:
    case SyntaxKind.JSDocNullableType:
    case SyntaxKind.JSDocNonNullableType:
    case SyntaxKind.JSDocOptionalType:
    case SyntaxKind.JSDocTypeExpression:
      return typeRef(f, (node as ts.ParenthesizedTypeNode).type);
    case SyntaxKind.TypeOperator:
      return (node as ts.TypeOperatorNode).operator === SyntaxKind.ReadonlyKeyword
        ? typeRef(f, (node as ts.TypeOperatorNode).type)
        : other;
    case SyntaxKind.JSDocTypeLiteral:
      return { kind: "object", members: docMembers(f, node as ts.JSDocTypeLiteral) };
    case SyntaxKind.LiteralType:
      return literal((node as ts.LiteralTypeNode).literal);
    case SyntaxKind.StringKeyword:
    case SyntaxKind.NumberKeyword:
    case SyntaxKind.BooleanKeyword:
    case SyntaxKind.AnyKeyword:
    case SyntaxKind.UnknownKeyword:
    case SyntaxKind.VoidKeyword:
    case SyntaxKind.UndefinedKeyword:
    case SyntaxKind.NeverKeyword:
    case SyntaxKind.ObjectKeyword:
      return { kind: "named", name: [ts.tokenToString(node.kind)!], arguments: [] };
    default:
      return other;
  }
}

function named(f: FunctionLowering, name: readonly string[], list: readonly ts.TypeNode[] | undefined): TypeRef {
  if (name.length === 0) return other;
  const found = f.scope.type(name[0]!);
  // A type parameter stands for what it extends.
  if (typeof found === "object") return found;
  const given = list ? list.map((type) => typeRef(f, type)) : [];
  return { kind: "named", name, ...(found !== undefined && { variable: found }), arguments: given };
}

/** `import("pg").Pool` binds the name as an import statement would. */
function imported(f: FunctionLowering, node: ts.ImportTypeNode, kind: "named" | "typeof"): TypeRef {
  const { argument, qualifier, typeArguments } = node;
  if (!ts.isLiteralTypeNode(argument) || !ts.isStringLiteral(argument.literal)) return other;
  const specifier = argument.literal.text;
  const name = qualifier ? dotted(qualifier) : ["*"];
  const variable = importedType(f, specifier, name[0]!, node);
  if (kind === "typeof") return { kind, name, variable };
  return { kind, name, variable, arguments: typeArguments ? typeArguments.map((type) => typeRef(f, type)) : [] };
}

function importedType(f: FunctionLowering, specifier: string, name: string, node: ts.Node): VariableId {
  f.file.reuse?.spoil();
  const key = `${name} ${specifier}`;
  const known = f.file.typeImports.get(key);
  if (known !== undefined) return known;
  const at = f.file.span(node);
  const variable = f.file.declare(name, "import", 0, at);
  f.file.imports.push({ specifier, imported: name, variable, typeOnly: true, span: at });
  f.file.typeImports.set(key, variable);
  return variable;
}

function literal(node: ts.LiteralTypeNode["literal"]): TypeRef {
  if (ts.isStringLiteralLike(node)) return { kind: "literal", value: node.text };
  if (ts.isNumericLiteral(node)) return { kind: "literal", value: Number(node.text) };
  if (node.kind === SyntaxKind.TrueKeyword || node.kind === SyntaxKind.FalseKeyword)
    return { kind: "literal", value: node.kind === SyntaxKind.TrueKeyword };
  if (node.kind === SyntaxKind.NullKeyword) return { kind: "named", name: ["null"], arguments: [] };
  return other;
}

export function functionType(f: FunctionLowering, node: ts.SignatureDeclaration): TypeRef {
  const parameters = node.parameters
    .filter(({ name }) => !(ts.isIdentifier(name) && name.text === "this"))
    .map(({ type }) => type && typeRef(f, type));
  const returns = node.type && typeRef(f, node.type);
  return { kind: "function", parameters, ...(returns && { returns }) };
}

/** Members of an interface or a type literal. Index and call signatures have no name and are left out. */
export function typeMembers(
  f: FunctionLowering,
  list: readonly ts.TypeElement[],
): readonly { readonly name: string; readonly type: TypeRef }[] {
  const members: { name: string; type: TypeRef }[] = [];
  for (const member of list) {
    const key = member.name;
    if (!key || !(ts.isIdentifier(key) || ts.isStringLiteralLike(key) || ts.isNumericLiteral(key))) continue;
    if (ts.isPropertySignature(member))
      members.push({ name: key.text, type: member.type ? typeRef(f, member.type) : other });
    else if (ts.isMethodSignature(member)) members.push({ name: key.text, type: functionType(f, member) });
    else if (ts.isGetAccessor(member))
      members.push({ name: key.text, type: member.type ? typeRef(f, member.type) : other });
  }
  return members;
}

/** `@property {T} name` of a `@typedef`, `@param {T} options.name` of a parameter. */
function docMembers(
  f: FunctionLowering,
  node: ts.JSDocTypeLiteral,
): readonly { readonly name: string; readonly type: TypeRef }[] {
  return (node.jsDocPropertyTags ?? []).map((tag) => {
    const { name, typeExpression } = tag as ts.JSDocPropertyTag;
    return {
      name: ts.isIdentifier(name) ? name.text : name.right.text,
      type: typeExpression ? typeRef(f, typeExpression.type) : other,
    };
  });
}

/** Within the scope at hand a type parameter stands for its constraint. */
export function bindTypeParameters(
  f: FunctionLowering,
  list: readonly ts.TypeParameterDeclaration[] | undefined,
): void {
  if (!list) return;
  for (const { name } of list) f.scope.bindType(name.text, other);
  for (const { name, constraint } of list) if (constraint) f.scope.bindType(name.text, typeRef(f, constraint));
}

/** The type of a cast that may tell more than its operand does; undefined for `as const`, `as any` and kin, and for casts of literals. */
export function castType(f: FunctionLowering, node: ts.AsExpression | ts.TypeAssertion): TypeRef | undefined {
  const inner = unwrap(node.expression);
  switch (inner.kind) {
    case SyntaxKind.Identifier:
    case SyntaxKind.PropertyAccessExpression:
    case SyntaxKind.ElementAccessExpression:
    case SyntaxKind.CallExpression:
    case SyntaxKind.AwaitExpression:
    case SyntaxKind.ThisKeyword:
    case SyntaxKind.BinaryExpression:
    case SyntaxKind.ConditionalExpression:
      break;
    default:
      return undefined;
  }
  const type = typeRef(f, node.type);
  return tells(type) ? type : undefined;
}

const tells = (type: TypeRef): boolean => {
  switch (type.kind) {
    case "named":
      return type.variable !== undefined || type.arguments.some(tells);
    case "typeof":
      return type.variable !== undefined;
    case "union":
    case "intersection":
      return type.of.some(tells);
    case "object":
      return type.members.some((member) => tells(member.type));
    case "function":
      return type.returns !== undefined && tells(type.returns);
    case "array":
      return tells(type.of);
    default:
      return false;
  }
};
