import type { CallInstruction } from "../core/facts.ts";
import { functionOf } from "../core/functions.ts";
import { type Resolved, unresolved } from "./calls.ts";
import { type FunctionNode, isPython } from "./program.ts";
import { definition, slotTexts } from "./text.ts";

/** Whether awaiting this register can throw where it matters: BEGIN, COMMIT, ROLLBACK and release change nothing by failing. */
export function mayReject(each: FunctionNode, register: number, depth = 0): boolean {
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
  if (sleeps(each, instruction, resolved)) return false;
  const { targets, driver, external, builtin } = resolved;
  const isOwn = targets.length > 0 && driver.length === 0 && external.length === 0 && !builtin;
  return !(isOwn && depth < maximumDepth && targets.every((target) => alwaysSettles(target, depth + 1)));
}

const maximumDepth = 3;

/** A function of the workspace that catches whatever it waits for, or waits for nothing but the time: what it returns is no failure. */
function alwaysSettles(each: FunctionNode, depth: number): boolean {
  if (isPython(each) || each.facts.generator) return false;
  return each.facts.blocks.every(({ instructions, end, handler }) => {
    if (end.kind === "return" && end.value !== undefined && !isSettled(each, end.value, depth)) return false;
    if (handler !== undefined) return true;
    return (
      end.kind !== "throw" && !instructions.some((one) => one.op === "await" && mayReject(each, one.value, depth + 1))
    );
  });
}

/** What is returned is no promise that may be rejected. */
function isSettled(each: FunctionNode, register: number, depth: number): boolean {
  const instruction = definition(each, register);
  switch (instruction?.op) {
    case "literal":
    case "template":
    case "object":
    case "array":
    case "closure":
    case "operation":
    case "await":
      return true;
    case "call": {
      const executor = definition(each, instruction.arguments[0]?.value ?? -1);
      const takes = executor?.op === "closure" ? functionOf(each.file.facts, executor.function)?.parameters.length : 2;
      return instruction.style === "new"
        ? (takes ?? 2) < 2 && isPromise(each, instruction)
        : !mayReject(each, register, depth + 1);
    }
    default:
      return false;
  }
}

const isPromise = (each: FunctionNode, call: CallInstruction): boolean =>
  (each.calls.get(call) ?? unresolved).external.some((one) => one.kind === "global" && one.path[0] === "Promise");

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
        /^\s*(begin|start\s+transaction|commit|rollback(?!\s+to\b)|end|abort)\b[^;]*;?\s*$/i.test(
          withoutComments(pieces.join("")),
        ),
    )
  );
}

const withoutComments = (sql: string): string => sql.replace(/--[^\n]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\//g, " ");

/** `await new Promise((resolve) => setTimeout(resolve, 100))`, `await sleep(100)` of the runtime. */
function sleeps(each: FunctionNode, call: CallInstruction, resolved: Resolved): boolean {
  if (resolved.external.some((one) => one.kind === "external" && one.module.startsWith("timers"))) return true;
  return (
    call.style === "new" &&
    resolved.external.some((one) => one.kind === "global" && one.path[0] === "Promise") &&
    each.facts.async
  );
}
