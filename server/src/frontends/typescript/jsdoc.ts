import { ts } from "ts-morph";
import type { TypeRef } from "../../core/facts.ts";
import type { FunctionLowering } from "./function-lowering.ts";
import { typeRef } from "./types.ts";

/** What the parser attaches to nodes of JavaScript files; the compiler's own accessors need parent pointers, which are not set. */
interface Documented {
  readonly jsDoc?: readonly ts.JSDoc[];
}

function tagsOf(node: ts.Node): readonly ts.JSDocTag[] {
  const docs = (node as Documented).jsDoc;
  return docs ? docs.flatMap(({ tags }) => tags ?? []) : [];
}

/** `@type {T}` in front of a declaration. */
export function docType(f: FunctionLowering, node: ts.Node): TypeRef | undefined {
  if (f.file.language !== "javascript") return undefined;
  const tag = tagsOf(node).find(ts.isJSDocTypeTag);
  return tag && typeRef(f, tag.typeExpression.type);
}

export const memberDocType = docType;

/** `@param {T} name` and `@returns {T}` in front of a function, or of what is assigned to it. */
export function functionDocTypes(
  f: FunctionLowering,
  node: ts.Node,
): { readonly parameters: ReadonlyMap<string, TypeRef>; readonly returns?: TypeRef } | undefined {
  if (f.file.language !== "javascript") return undefined;
  const tags = tagsOf(node);
  if (tags.length === 0) return undefined;
  const parameters = new Map<string, TypeRef>();
  let returns: TypeRef | undefined;
  for (const tag of tags) {
    if (ts.isJSDocParameterTag(tag) && tag.typeExpression && ts.isIdentifier(tag.name)) {
      parameters.set(tag.name.text, typeRef(f, tag.typeExpression.type));
    } else if (ts.isJSDocReturnTag(tag) && tag.typeExpression) returns = typeRef(f, tag.typeExpression.type);
  }
  return { parameters, ...(returns && { returns }) };
}
