import type { CallInstruction } from "../core/facts.ts";
import type { Deed, Step } from "./inside-scan.ts";
import type { Use } from "./inside-uses.ts";
import { definition, slotRegister } from "./text.ts";

/** The call that hands over the text of a statement, where functions of the workspace only send it on. */
export function askerOf({ frame, call, use, via }: Deed): Step | undefined {
  let asker: Step | undefined;
  let each = frame.each;
  let register = sqlRegister(call, use);
  for (const step of [...via].reverse()) {
    const source = register === undefined ? undefined : definition(each, register);
    const index =
      source?.op === "load" ? each.facts.parameters.findIndex(({ variable }) => variable === source.variable) : -1;
    if (index < 0) break;
    asker = step;
    each = step.each;
    register = step.call.arguments[index]?.value;
  }
  return asker;
}

function sqlRegister(call: CallInstruction, { one }: Use): number | undefined {
  for (const effect of one.effects)
    if (effect.does === "runs" && effect.sql !== undefined) return slotRegister(call, effect.sql);
  return undefined;
}
