import type { CallInstruction, FunctionFacts, Instruction } from "../core/facts.ts";
import { type FunctionNode, isPython } from "./program.ts";

/**
 * Whether somebody waits for what a call returns: its own expression, or an `await` further down in the function. A plain function of Python is done
 * when its call is.
 */
export function isWaitedFor(each: FunctionNode, call: CallInstruction): boolean {
  if (isPython(each) && each.calls.get(call)?.targets.some(({ facts }) => !facts.async)) return true;
  if (call.use === "used") return awaitedLater(each).has(call.dst) || isIterated(each, call);
  return call.use !== "dropped";
}

/** `for await (const row of rows(client))`: the loop runs the generator. */
function isIterated(each: FunctionNode, call: CallInstruction): boolean {
  if (each.calls.get(call)?.targets.some(({ facts }) => facts.generator) !== true) return false;
  return each.facts.blocks.some(({ instructions }) =>
    instructions.some((one) => one.op === "element" && one.collection === call.dst),
  );
}

const known = new WeakMap<FunctionFacts, ReadonlySet<number>>();

/** Registers that are handed on to an `await`, a `return` or a `Promise.all`, through variables and choices. */
function awaitedLater(each: FunctionNode): ReadonlySet<number> {
  let found = known.get(each.facts);
  if (found === undefined) {
    found = search(each.facts);
    known.set(each.facts, found);
  }
  return found;
}

const combinators = new Set(["all", "allSettled", "race", "any"]);

/** From the end to the start, so that what is used is known before what makes it; twice, for loops. */
function search({ blocks }: FunctionFacts): ReadonlySet<number> {
  const registers = new Set<number>();
  const variables = new Set<number>();
  const wait = (register: number): void => {
    registers.add(register);
  };
  for (let round = 0; round < 2; round++) {
    for (const { instructions, end } of [...blocks].reverse()) {
      if (end.kind === "return" && end.value !== undefined) wait(end.value);
      for (const one of [...instructions].reverse()) look(one, registers, variables, wait);
    }
  }
  return registers;
}

function look(
  one: Instruction,
  registers: ReadonlySet<number>,
  variables: Set<number>,
  wait: (register: number) => void,
): void {
  switch (one.op) {
    case "await":
      wait(one.value);
      return;
    case "load":
      if (registers.has(one.dst)) variables.add(one.variable);
      return;
    case "store":
      if (variables.has(one.variable)) wait(one.value);
      return;
    case "array":
      for (const element of one.elements) wait(element.value);
      return;
    case "either":
      if (registers.has(one.dst)) one.values.forEach(wait);
      return;
    case "call":
      // `await Promise.all(orders.map(async (order) => …))`.
      if (one.property === undefined || !combinators.has(one.property) || one.use === "dropped") return;
      if (one.use !== "used" || registers.has(one.dst)) for (const argument of one.arguments) wait(argument.value);
      return;
    default:
      return;
  }
}
