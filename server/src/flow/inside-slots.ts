import type { Slot } from "../core/driver.ts";
import type { CallInstruction } from "../core/facts.ts";
import { argumentIndex } from "./calls.ts";

/** A register of a call, or a property of what it holds. */
export interface SlotRegister {
  readonly register: number;
  readonly property?: string;
}

/** Where in a call the handle of a slot may stand; nothing where the call has no such argument. */
export function handleSlots(call: CallInstruction, slot: Slot): readonly SlotRegister[] {
  if (slot === "receiver") return [{ register: call.receiver ?? call.callee }];
  if (slot === "result") return [{ register: call.dst }];
  if (typeof slot === "string") return [];
  if ("property" in slot) {
    const { argument, property } = slot;
    const chosen = typeof argument === "number" ? call.arguments.slice(argument, argument + 1) : call.arguments;
    return chosen.map(({ value }) => ({ register: value, property }));
  }
  const index = argumentIndex(slot, call);
  const argument = index === undefined ? undefined : call.arguments[index];
  return argument === undefined ? [] : [{ register: argument.value }];
}
