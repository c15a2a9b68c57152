import type { TypeRef, ValueId } from "../../core/facts.ts";
import { value } from "./expressions.ts";
import type { FunctionLowering } from "./function-lowering.ts";
import { childOf, expressionsIn } from "./nodes.ts";
import type { Node } from "./tree.ts";
import { annotatedCalls, dotted, typeRef } from "./types.ts";

/** `type X = …`. */
export function declareType(f: FunctionLowering, node: Node): void {
  const name = childOf(node, "VariableName");
  const all = expressionsIn(node).filter(({ type }) => type !== "TypeParamList");
  const type = all[all.length - 1];
  if (name && type && type !== name) alias(f, name, typeRef(f, type));
}

const constructors: ReadonlySet<string> = new Set(["Annotated", "Optional", "Union", "NewType"]);

/**
 * `SessionDep = Annotated[Session, Depends(get_db)]` and other aliases of types. Its value is what the framework hands over where a parameter
 * has this type.
 */
export function aliasValue(f: FunctionLowering, target: Node, given: readonly Node[]): ValueId | undefined {
  const [node] = given;
  if (given.length !== 1 || node?.type !== "MemberExpression" || node.children[1]?.type !== "[") return undefined;
  if (target.type !== "VariableName" || f.scope.kind !== "module") return undefined;
  const [object] = node.children;
  const name = object ? dotted(f.file.text, object) : [];
  if (!constructors.has(name[name.length - 1] ?? "")) return undefined;
  alias(f, target, typeRef(f, node));
  const calls = annotatedCalls(f.file.text, node).map((call) => value(f, call));
  if (calls.length === 0) return f.unknown([], node);
  const dst = f.next();
  f.emit({ op: "either", dst, values: calls, operator: "||", span: f.file.span(node) });
  return dst;
}

function alias(f: FunctionLowering, name: Node, type: TypeRef): void {
  const text = f.file.textOf(name);
  const meaning = f.scope.find(text);
  if (meaning?.kind !== "variable" || type.kind === "other") return;
  if (f.file.types.some(({ variable }) => variable === meaning.variable)) return;
  f.file.types.push({ name: text, variable: meaning.variable, type, extends: [] });
}
