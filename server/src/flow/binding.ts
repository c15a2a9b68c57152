import type { CallInstruction } from "../core/facts.ts";
import type { DriverCall, Resolved } from "./calls.ts";
import type { Fields } from "./fields.ts";
import type { Flow } from "./flow.ts";
import type { FunctionNode } from "./program.ts";
import { nothing, type Values } from "./values.ts";

/** Calls of functions of the workspace: arguments flow to parameters, what is returned flows back. */
export class Binding {
  constructor(
    private readonly flow: Flow,
    private readonly fields: Fields,
  ) {}

  bind(
    each: FunctionNode,
    call: CallInstruction,
    target: FunctionNode,
    args: readonly Values[],
    receivers: Values,
    outcome: Outcome,
  ): void {
    outcome.targets.push(target);
    this.called(target, call, each);
    this.pass(target, args, call, each);
    if (receivers.length > 0 && target.facts.class === undefined) this.flow.grow(target.receiver, receivers);
    outcome.values.push(this.flow.read(target.returns, each));
  }

  called(target: FunctionNode, call: CallInstruction, each: FunctionNode): void {
    target.callers.set(call, each);
    each.file.calling.add(target);
  }

  /** Hands arguments to a function's parameters. */
  pass(target: FunctionNode, args: readonly Values[], call: CallInstruction | undefined, each: FunctionNode): void {
    const spreadAt = call?.arguments.findIndex((argument) => argument.spread) ?? -1;
    target.facts.parameters.forEach((parameter, index) => {
      const cell = target.file.variables[parameter.variable];
      if (cell === undefined) return;
      if (spreadAt >= 0 && index >= spreadAt) {
        this.flow.grow(cell, this.fields.elements(args[spreadAt] ?? nothing, index - spreadAt, each));
      } else if (parameter.rest) {
        const rest = this.fields.object(target, -1 - index, true);
        args.slice(index).forEach((values, offset) => {
          this.flow.grow(this.fields.field(rest, "[]"), values);
          this.flow.grow(this.fields.field(rest, `#${offset}`), values);
        });
        this.flow.grow(cell, [rest]);
      } else this.flow.grow(cell, args[index] ?? nothing);
    });
  }
}

/** What one call turns out to do, while it is looked at. */
export interface Outcome {
  readonly targets: FunctionNode[];
  readonly driver: DriverCall[];
  readonly external: Resolved["external"][number][];
  builtin: boolean;
  readonly values: Values[];
}
