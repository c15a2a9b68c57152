import type { ts } from "ts-morph";
import type { FunctionId, ValueId, VariableId } from "../../core/facts.ts";
import { Body } from "../control-flow/body.ts";
import type { FileLowering } from "./file-lowering.ts";
import { Scope } from "./scope.ts";

export type { OpenBlock } from "../control-flow/body.ts";

/** The function being lowered. */
export class FunctionLowering extends Body<Scope> {
  readonly file: FileLowering;
  readonly id: FunctionId;
  readonly outer: FunctionLowering | undefined;
  /** Names exported by the namespace body at hand; undefined outside of namespaces. */
  namespaceExports: Map<string, VariableId> | undefined;

  constructor(file: FileLowering, id: FunctionId, outer: FunctionLowering | undefined, outside?: Scope["outside"]) {
    super(new Scope(outer?.scope, outside), outer ? outer.statement : -1);
    this.file = file;
    this.id = id;
    this.outer = outer;
  }

  unknown(operands: readonly ValueId[], node: ts.Node): ValueId {
    const dst = this.next();
    this.emit({ op: "unknown", dst, operands, span: this.file.span(node) });
    return dst;
  }
}
