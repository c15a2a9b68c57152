import type { CallInstruction } from "../core/facts.ts";
import { blockHeld, enterOf } from "./blocks-held.ts";
import type { DriverCall } from "./calls.ts";
import type { Deed, Step } from "./inside-ways.ts";
import { isContextManager } from "./managers.ts";
import type { FunctionNode } from "./program.ts";
import { definition, slotRegister } from "./text.ts";

/** The call that hands over the text of a statement, or asks for a connection, where functions of the workspace only send it on. */
export function askerOf({ frame, call, use, via }: Deed): Step | undefined {
  const ways = [...via].reverse();
  let asker: Step | undefined;
  let each = frame.each;
  let register = use.does === "checkout" ? undefined : sqlRegister(call, use.one);
  // `with db.acquire() as conn:` of the project's own: the connection is taken for the block, and for what the block sends.
  while (use.does === "checkout" && ways[0] !== undefined && isContextManager(each.facts)) {
    asker = ways.shift() as Step;
    each = asker.each;
    register = textSent(each, asker.call);
  }
  for (const step of ways) {
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

/** The text that a `with` block sends on what it holds. */
function textSent(each: FunctionNode, made: CallInstruction): number | undefined {
  const enter = enterOf(each, made);
  if (enter === undefined) return undefined;
  for (const call of blockHeld(each, enter, () => false).calls) {
    const one = each.calls.get(call)?.driver[0];
    const register = one === undefined ? undefined : sqlRegister(call, one);
    if (register !== undefined) return register;
  }
  return undefined;
}

function sqlRegister(call: CallInstruction, one: DriverCall): number | undefined {
  for (const effect of one.effects)
    if (effect.does === "runs" && effect.sql !== undefined) return slotRegister(call, effect.sql);
  return undefined;
}
