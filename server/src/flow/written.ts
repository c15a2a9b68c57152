import type { Slot } from "../core/driver.ts";
import type { CallInstruction } from "../core/facts.ts";
import type { Place } from "../core/text.ts";
import type { FunctionNode } from "./program.ts";
import { definition, literalPlace, slotRegister } from "./text.ts";

const maximumDepth = 4;

/** The literal or the template, holes and all, in which the text of a slot is written; undefined where it is put together. */
export function writtenPlace(each: FunctionNode, call: CallInstruction, slot: Slot, depth = 0): Place | undefined {
  const register = registerOf(each, call, slot);
  return register === undefined || depth > maximumDepth ? undefined : writtenIn(each, register, depth);
}

/** The literal or template that a register's text is written as. */
export function writtenIn(each: FunctionNode, register: number, depth = 0): Place | undefined {
  const literal = literalPlace(each, register);
  if (literal !== undefined) return literal;
  const made = definition(each, register);
  if (made?.op === "template") return { path: each.file.path, span: made.span };
  const [value, other] = each.registers[register] ?? [];
  if (value === undefined || other !== undefined) return undefined;
  if (value.kind === "text") {
    const template = definition(value.function, value.register);
    return template?.op === "template" ? { path: value.function.file.path, span: template.span } : undefined;
  }
  // A piece of SQL that a library's own tag or function built.
  const { call, function: owner } = value.kind === "handle" && value.descriptor.role === "sql" ? value.site : {};
  if (call === undefined || owner === undefined) return undefined;
  for (const one of owner.calls.get(call)?.driver ?? []) {
    for (const effect of one.effects)
      if (effect.does === "builds SQL") return writtenPlace(owner, call, effect.text, depth + 1);
  }
  return undefined;
}

function registerOf(each: FunctionNode, call: CallInstruction, slot: Slot): number | undefined {
  if (slot === "receiver") return call.receiver;
  const register = slotRegister(call, slot);
  if (register === undefined || typeof slot === "string" || !("property" in slot)) return register;
  const made = definition(each, register);
  return made?.op === "object" ? made.entries.find(({ key }) => key === slot.property)?.value : undefined;
}
