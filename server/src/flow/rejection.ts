import type { CallInstruction } from "../core/facts.ts";
import { type Resolved, unresolved } from "./calls.ts";
import type { FunctionNode } from "./program.ts";
import { definition, slotTexts } from "./text.ts";

/** Whether awaiting this register can throw where it matters: BEGIN, COMMIT, ROLLBACK and release change nothing by failing. */
export function mayReject(each: FunctionNode, register: number): boolean {
  const instruction = definition(each, register);
  if (instruction === undefined) return false;
  if (instruction.op === "literal") return false;
  if (instruction.op !== "call") return true;
  const resolved = each.calls.get(instruction) ?? unresolved;
  if (instruction.property === "catch" && instruction.arguments.length > 0) return false;
  if (
    resolved.driver.length > 0 &&
    resolved.driver.every((one) => one.effects.length > 0 && one.effects.every(settles))
  )
    return false;
  if (
    resolved.driver.some((one) =>
      one.effects.some(
        (effect) => effect.does === "runs" && effect.sql !== undefined && isControl(each, instruction, effect.sql),
      ),
    )
  ) {
    return false;
  }
  return !sleeps(each, instruction, resolved);
}

const settles = (effect: { readonly does: string }): boolean =>
  effect.does === "acquires" ||
  effect.does === "connects" ||
  effect.does === "begins" ||
  effect.does === "commits" ||
  effect.does === "rolls back" ||
  effect.does === "releases" ||
  effect.does === "ends";

/** Texts that begin or end a transaction, and nothing else. */
function isControl(each: FunctionNode, call: CallInstruction, slot: Parameters<typeof slotTexts>[2]): boolean {
  const alternatives = slotTexts(each, call, slot);
  return (
    alternatives.length > 0 &&
    alternatives.every(
      (pieces) =>
        !pieces.includes(undefined) &&
        /^\s*(begin|start\s+transaction|commit|rollback(?!\s+to\b)|end|abort)\b[^;]*;?\s*$/i.test(pieces.join("")),
    )
  );
}

/** `await new Promise((resolve) => setTimeout(resolve, 100))`, `await sleep(100)` of the runtime. */
function sleeps(each: FunctionNode, call: CallInstruction, resolved: Resolved): boolean {
  if (resolved.external.some((one) => one.kind === "external" && one.module.startsWith("timers"))) return true;
  return (
    call.style === "new" &&
    resolved.external.some((one) => one.kind === "global" && one.path[0] === "Promise") &&
    each.facts.async
  );
}
