import type { CallInstruction, FunctionFacts, Instruction } from "../core/facts.ts";
import type { FunctionNode } from "./program.ts";

/** Whether somebody waits for what a call does: its own expression, or an `await` further down in the function. */
export function isWaitedFor(each: FunctionNode, call: CallInstruction): boolean {
  // Without `async`, Python's functions do all their work before they return.
  const targets = each.calls.get(call)?.targets ?? [];
  if (each.file.facts.language === "python" && targets.length > 0)
    if (targets.every(({ facts }) => !facts.async)) return true;
  if (call.use === "used") return awaitedLater(each).has(call.dst);
  return call.use !== "dropped";
}

const known = new WeakMap<FunctionFacts, ReadonlySet<number>>();

/** Registers that are put in a variable which the same function awaits, returns, or hands to `Promise.all` in a literal. */
function awaitedLater(each: FunctionNode): ReadonlySet<number> {
  let found = known.get(each.facts);
  if (found === undefined) {
    found = search(each.facts);
    known.set(each.facts, found);
  }
  return found;
}

function search({ blocks }: FunctionFacts): ReadonlySet<number> {
  const loads = new Map<number, number>();
  const stores: { readonly variable: number; readonly value: number }[] = [];
  const waited = new Set<number>();
  const wait = (register: number): void => {
    waited.add(register);
    const variable = loads.get(register);
    if (variable !== undefined) variables.add(variable);
  };
  const variables = new Set<number>();
  const choices: (Instruction & { op: "either" })[] = [];
  for (const { instructions, end } of blocks) {
    for (const one of instructions) look(one, loads, stores, choices, wait);
    if (end.kind === "return" && end.value !== undefined) wait(end.value);
  }
  for (const { dst, values } of choices.reverse()) if (waited.has(dst)) values.forEach(wait);
  for (const { variable, value } of stores) if (variables.has(variable)) waited.add(value);
  for (const { dst, values } of choices) if (waited.has(dst)) values.forEach(wait);
  return waited;
}

function look(
  one: Instruction,
  loads: Map<number, number>,
  stores: { variable: number; value: number }[],
  choices: (Instruction & { op: "either" })[],
  wait: (register: number) => void,
): void {
  switch (one.op) {
    case "load":
      loads.set(one.dst, one.variable);
      return;
    case "store":
      stores.push(one);
      return;
    case "await":
      wait(one.value);
      return;
    case "array":
      for (const element of one.elements) wait(element.value);
      return;
    case "either":
      choices.push(one);
      return;
    default:
      return;
  }
}
