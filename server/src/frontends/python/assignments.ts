import type { FunctionLowering } from "./function-lowering.ts";
import { parts, unwrap } from "./nodes.ts";
import { tupled } from "./statements.ts";
import { isText } from "./strings.ts";
import { assignAll, assignTo, reference } from "./targets.ts";
import type { Node } from "./tree.ts";
import { aliasValue } from "./type-aliases.ts";
import { typeRef } from "./types.ts";

/** `a = b = c`, `a: T = b`, `a, *b = c`, and `a: T` alone. */
export function assignment(f: FunctionLowering, node: Node): void {
  const type = node.children.find((child) => child.type === "TypeDef");
  const groups: Node[][] = [[]];
  for (const child of node.children) {
    if (child.type === "AssignOp") groups.push([]);
    else if (child.type !== "TypeDef") groups[groups.length - 1]!.push(child);
  }
  const [first] = groups;
  const [target] = first ?? [];
  if (type && target && first?.length === 1) declareAnnotation(f, target, type);
  if (groups.length < 2) return;
  const given = groups[groups.length - 1]!;
  if (given.length === 0) return;
  const from = (target && aliasValue(f, target, given)) ?? tupled(f, given, node);
  for (const targets of groups.slice(0, -1)) {
    const [only] = targets;
    if (targets.length === 1 && only) assignTo(f, only, from, type);
    else if (targets.length > 1) assignAll(f, parts(targets), from);
  }
}

/** `db: Session` says what a name holds. */
function declareAnnotation(f: FunctionLowering, target: Node, annotation: Node): void {
  if (target.type !== "VariableName" || f.scope.kind === "class") return;
  const meaning = f.scope.find(f.file.textOf(target));
  if (meaning?.kind !== "variable") return;
  const type = typeRef(f, annotation);
  const variable = f.file.variables[meaning.variable]!;
  if (type.kind !== "other" && variable.kind !== "import") variable.type ??= type;
}

/** `a += b` and kin. */
export function update(f: FunctionLowering, node: Node): void {
  const at = node.children.findIndex(({ type }) => type === "UpdateOp");
  const [target] = node.children;
  const given = node.children.slice(at + 1);
  if (at < 1 || !target || given.length === 0) return;
  const place = reference(f, target);
  const before = place.read();
  const operand = tupled(f, given, node);
  const operator = f.file.textOf(node.children[at]!).slice(0, -1);
  const [only] = given;
  const dst = f.next();
  const span = f.file.span(node);
  if (operator === "+" && only && isText(unwrap(only))) f.emit({ op: "template", dst, parts: [before, operand], span });
  // `a |= {…}` and `a += […]` leave what was in it.
  else if (operator === "|" || operator === "+")
    f.emit({ op: "either", dst, values: [before, operand], operator: "||", span });
  else f.emit({ op: "operation", dst, operator, operands: [before, operand], span });
  place.write(dst, span);
}
