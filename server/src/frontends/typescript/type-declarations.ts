import { ts } from "ts-morph";
import type { TypeRef } from "../../core/facts.ts";
import type { FunctionLowering } from "./function-lowering.ts";
import { Scope } from "./scope.ts";
import { bindTypeParameters, typeMembers, typeRef } from "./types.ts";

export function declareType(f: FunctionLowering, node: ts.InterfaceDeclaration | ts.TypeAliasDeclaration): void {
  const variable = f.scope.types?.get(node.name.text);
  if (typeof variable !== "number") return;
  const outside = f.scope;
  f.scope = new Scope(outside);
  bindTypeParameters(f, node.typeParameters);
  const type: TypeRef = ts.isInterfaceDeclaration(node)
    ? { kind: "object", members: typeMembers(f, node.members) }
    : typeRef(f, node.type);
  const bases = ts.isInterfaceDeclaration(node)
    ? (node.heritageClauses ?? []).flatMap(({ types }) => types.map((base) => typeRef(f, base)))
    : [];
  f.scope = outside;
  f.file.types.push({ name: node.name.text, variable, type, extends: bases });
}
