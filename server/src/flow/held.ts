import type { CallInstruction, Instruction } from "../core/facts.ts";
import type { FunctionNode } from "./program.ts";

/** Whether an instruction's result is, or holds, what the registers hold. */
type Passes = (one: Instruction, held: ReadonlySet<number>) => boolean;

const throughAwait: Passes = (one, held) => one.op === "await" && held.has(one.value);

const throughChoice: Passes = (one, held) =>
  throughAwait(one, held) || (one.op === "either" && one.values.some((value) => held.has(value)));

/** The stores and fields that take what a call gives, in the order of the text. */
function* takers(
  each: FunctionNode,
  call: CallInstruction,
  passes: Passes,
): Generator<Instruction & { op: "store" | "set" }> {
  const held = new Set([call.dst]);
  for (const block of each.facts.blocks) {
    for (const one of block.instructions) {
      if ("dst" in one && passes(one, held)) held.add(one.dst);
      if ((one.op === "store" || one.op === "set") && held.has(one.value)) yield one;
    }
  }
}

/** The variable or field that what a call gives is put in, over awaits and choices. */
export function heldName(each: FunctionNode, call: CallInstruction): string | undefined {
  for (const one of takers(each, call, throughChoice)) {
    const name = one.op === "set" ? one.property : variableOf(each, one.variable);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** The variable that what a call gives is put in, over awaits. */
export function variableName(each: FunctionNode, call: CallInstruction): string | undefined {
  for (const one of takers(each, call, throughAwait)) {
    const name = one.op === "set" ? undefined : variableOf(each, one.variable);
    if (name !== undefined) return name;
  }
  return undefined;
}

function variableOf(each: FunctionNode, id: number): string | undefined {
  const variable = each.file.facts.variables[id];
  return variable === undefined || variable.kind === "temporary" ? undefined : variable.name;
}

/** Registers that hold what a call gives, through awaits, choices, variables and views. */
export function derived(each: FunctionNode, call: CallInstruction): ReadonlySet<number> {
  const held = new Set([call.dst]);
  const passes: Passes = (one) => {
    switch (one.op) {
      case "object":
        return one.entries.some((entry) => held.has(entry.value));
      case "array":
        return one.elements.some((element) => held.has(element.value));
      case "call":
        return one !== call && one.arguments.some((argument) => held.has(argument.value));
      case "load":
        return stored(each, one.variable, held);
      default:
        return throughChoice(one, held);
    }
  };
  // A loop may use above what it stores below.
  for (let round = 0; round < 3; round++) {
    for (const block of each.facts.blocks) {
      for (const one of block.instructions) if ("dst" in one && passes(one, held)) held.add(one.dst);
    }
  }
  return held;
}

function stored(each: FunctionNode, variable: number, held: ReadonlySet<number>): boolean {
  return each.facts.blocks.some((block) =>
    block.instructions.some((one) => one.op === "store" && one.variable === variable && held.has(one.value)),
  );
}
