import { ts } from "ts-morph";
import type { TypeRef } from "../../core/facts.ts";
import { unwrap } from "./expressions.ts";
import type { FunctionLowering } from "./function-lowering.ts";
import { declareName } from "./hoist.ts";
import { typeRef } from "./types.ts";

/** What the parser attaches to nodes of JavaScript files; the compiler's own accessors need parent pointers, which are not set. */
interface Documented {
  readonly jsDoc?: readonly ts.JSDoc[];
}

const docsOf = (node: ts.Node | undefined): readonly ts.JSDoc[] | undefined => (node as Documented | undefined)?.jsDoc;

const tagsOf = (node: ts.Node | undefined): readonly ts.JSDocTag[] =>
  docsOf(node)?.flatMap(({ tags }) => tags ?? []) ?? [];

/** Notes that the doc comment in front of `owner` (a statement, a property) speaks of the function that is assigned there. */
export function documents(f: FunctionLowering, owner: ts.Node, expression: ts.Expression): void {
  if (f.file.language === "javascript" && docsOf(owner)) f.file.documented.set(unwrap(expression), owner);
}

/** `@type {T}` in front of a declaration, or of what is assigned to it. */
export function docType(f: FunctionLowering, node: ts.Node): TypeRef | undefined {
  if (f.file.language !== "javascript") return undefined;
  const tag = [...tagsOf(node), ...tagsOf(f.file.documented.get(node))].find(ts.isJSDocTypeTag);
  return tag && typeRef(f, tag.typeExpression.type);
}

/** Whether doc comments say anything of the types of a function. */
export const hasDocTypes = (f: FunctionLowering, node: ts.Node): boolean =>
  f.file.language === "javascript" && (tagsOf(node).length > 0 || tagsOf(f.file.documented.get(node)).length > 0);

/** Types of parameters by name and in order, and of the result, from `@param {T} name` and `@returns {T}`. */
export interface FunctionDocTypes {
  readonly parameters: readonly { readonly name: string; readonly type: TypeRef }[];
  readonly returns?: TypeRef;
}

export function functionDocTypes(f: FunctionLowering, node: ts.Node): FunctionDocTypes | undefined {
  if (f.file.language !== "javascript") return undefined;
  const tags = [...tagsOf(node), ...tagsOf(f.file.documented.get(node))];
  if (tags.length === 0) return undefined;
  const parameters: { name: string; type: TypeRef }[] = [];
  let returns: TypeRef | undefined;
  for (const tag of tags) {
    if (ts.isJSDocParameterTag(tag) && tag.typeExpression && ts.isIdentifier(tag.name)) {
      parameters.push({ name: tag.name.text, type: typeRef(f, tag.typeExpression.type) });
    } else if (ts.isJSDocReturnTag(tag) && tag.typeExpression) returns = typeRef(f, tag.typeExpression.type);
  }
  return { parameters, ...(returns && { returns }) };
}

/** Binds what `@typedef` and `@import` declare, before anything uses it. */
export function declareDocTypes(f: FunctionLowering, source: ts.SourceFile): void {
  if (f.file.language !== "javascript") return;
  const tags = [...source.statements, source.endOfFileToken].flatMap(tagsOf);
  for (const tag of tags) {
    if (ts.isJSDocImportTag(tag)) declareDocImport(f, tag);
    else if (typedefName(tag)) declareName(f, typedefName(tag)!, "type");
  }
  for (const tag of tags) {
    const name = typedefName(tag);
    const variable = name && f.scope.types?.get(name.text);
    if (!ts.isJSDocTypedefTag(tag) || !tag.typeExpression || typeof variable !== "number") continue;
    f.file.types.push({ name: name!.text, variable, type: typeRef(f, tag.typeExpression as ts.TypeNode), extends: [] });
  }
}

const typedefName = (tag: ts.JSDocTag): ts.Identifier | undefined =>
  ts.isJSDocTypedefTag(tag) && tag.name && ts.isIdentifier(tag.name) ? tag.name : undefined;

/** `@import { Pool } from "pg"` */
function declareDocImport(f: FunctionLowering, { importClause, moduleSpecifier }: ts.JSDocImportTag): void {
  if (!importClause || !ts.isStringLiteral(moduleSpecifier)) return;
  const specifier = moduleSpecifier.text;
  const add = (name: ts.Identifier, imported: string) => {
    const variable = declareName(f, name, "import");
    f.file.imports.push({ specifier, imported, variable, typeOnly: true, span: f.file.ownSpan(name) });
  };
  const { name, namedBindings } = importClause;
  if (name) add(name, "default");
  if (!namedBindings) return;
  if (ts.isNamespaceImport(namedBindings)) add(namedBindings.name, "*");
  else for (const element of namedBindings.elements) add(element.name, (element.propertyName ?? element.name).text);
}
