import { ts } from "ts-morph";
import type { ValueId, VariableId } from "../../core/facts.ts";
import { span } from "../../core/text.ts";
import type { FunctionLowering } from "./function-lowering.ts";

/** `module.exports`, where `module` is Node's. */
export const isModuleExports = (f: FunctionLowering, node: ts.Node): boolean =>
  ts.isPropertyAccessExpression(node) &&
  node.name.text === "exports" &&
  ts.isIdentifier(node.expression) &&
  node.expression.text === "module" &&
  f.scope.value("module") === undefined;

/** The variable that stands for `module.exports`; the module body fills it with an object first. */
export function commonjsVariable(f: FunctionLowering): VariableId {
  f.file.reuse?.spoil();
  f.file.commonjs ??= f.file.declare("module.exports", "var", 0, span(0, 0));
  return f.file.commonjs;
}

/** What is exported before anybody assigns to it: put in front of the module body once it is known that the file uses CommonJS. */
export function prependExportsObject(module: FunctionLowering): void {
  const variable = module.file.commonjs;
  if (variable === undefined) return;
  const dst: ValueId = module.next();
  const at = span(0, 0);
  module.blocks[0]!.instructions.unshift(
    { op: "object", dst, entries: [], span: at },
    { op: "store", variable, value: dst, span: at },
  );
}
