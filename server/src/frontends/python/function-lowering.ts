import type { FunctionId, ValueId } from "../../core/facts.ts";
import { Body } from "../control-flow/body.ts";
import type { ExitStack } from "./exit-stacks.ts";
import type { FileLowering } from "./file-lowering.ts";
import { Scope } from "./scope.ts";
import type { Node } from "./tree.ts";

/** The function being lowered. */
export class FunctionLowering extends Body<Scope> {
  readonly file: FileLowering;
  readonly id: FunctionId;
  readonly outer: FunctionLowering | undefined;
  /** It is a method, or written inside of one: `this` means something. */
  readonly inMethod: boolean;
  /** A `yield` was met. */
  generator = false;
  /** The `ExitStack`s of the `with` blocks around the code at hand, by name. */
  readonly stacks = new Map<string, ExitStack>();

  constructor(
    file: FileLowering,
    id: FunctionId,
    outer: FunctionLowering | undefined,
    {
      scope,
      inMethod,
      outside,
    }: { readonly scope: Scope["kind"]; readonly inMethod?: boolean; readonly outside?: Scope["outside"] },
  ) {
    super(new Scope(outer?.scope, scope, outside), outer ? outer.statement : -1);
    this.file = file;
    this.id = id;
    this.outer = outer;
    this.inMethod = inMethod ?? outer?.inMethod ?? false;
  }

  unknown(operands: readonly ValueId[], node: Node): ValueId {
    const dst = this.next();
    this.emit({ op: "unknown", dst, operands, span: this.file.span(node) });
    return dst;
  }
}
