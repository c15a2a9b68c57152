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
    let spreadAt = -1;
    // Plain loops: every call of a function comes through here.
    for (const [index, { keyword, spread }] of (call?.arguments ?? []).entries()) {
      if (keyword !== undefined) {
        this.passNamed(target, args, call as CallInstruction, each);
        return;
      }
      if (spread && spreadAt < 0) spreadAt = index;
    }
    for (const [index, parameter] of target.facts.parameters.entries()) {
      const cell = target.file.variables[parameter.variable];
      if (cell === undefined || parameter.keyword !== undefined) continue;
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
    }
  }

  /** Python: arguments that are given by name go to the parameter of that name, or into `**rest`. */
  private passNamed(target: FunctionNode, args: readonly Values[], call: CallInstruction, each: FunctionNode): void {
    const named = new Map(
      call.arguments.flatMap(({ keyword }, index): [string, Values][] =>
        keyword === undefined ? [] : [[keyword, args[index] ?? nothing]],
      ),
    );
    const nameOf = (variable: number): string => target.file.facts.variables[variable]?.name ?? "";
    const places = target.facts.parameters.map(({ variable }) => nameOf(variable));
    const positional = call.arguments.flatMap(({ keyword }, index) =>
      keyword === undefined ? [{ call: call.arguments[index], values: args[index] ?? nothing }] : [],
    );
    const { arguments: list } = call;
    this.pass(
      target,
      positional.map(({ values }) => values),
      { ...call, arguments: list.filter(({ keyword }) => keyword === undefined) },
      each,
    );
    for (const [index, { variable, keyword }] of target.facts.parameters.entries()) {
      const cell = target.file.variables[variable];
      if (cell === undefined) continue;
      if (keyword === "rest") {
        const rest = this.fields.object(target, -1 - index, false);
        for (const [name, values] of named) {
          if (name === "**") this.fields.spread(rest, values);
          else if (!places.includes(name)) this.flow.grow(this.fields.field(rest, name), values);
        }
        this.flow.grow(cell, [rest]);
        continue;
      }
      const name = nameOf(variable);
      this.flow.grow(cell, named.get(name) ?? nothing);
      const spread = named.get("**");
      if (spread !== undefined && index >= positional.length)
        this.flow.grow(cell, this.fields.member(spread, name, each));
    }
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
