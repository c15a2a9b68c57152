import type { CallInstruction, Instruction } from "../core/facts.ts";
import { functionOf } from "../core/functions.ts";
import type { Aliases } from "./aliases.ts";
import { truthOf } from "./conditions.ts";
import { deedsOf } from "./effects.ts";
import { lends } from "./managers.ts";
import type { State } from "./path-state.ts";
import { type FunctionNode, isPython } from "./program.ts";
import { definition } from "./text.ts";

/** `t !== options.transaction`: a handle that was made on this path is nothing else. */
export function freshness(each: FunctionNode, register: number, aliases: Aliases): boolean | undefined {
  const test = definition(each, register);
  if (test?.op !== "operation" || !/^[!=]==?$/.test(test.operator)) return undefined;
  const [left, right] = test.operands;
  if (left === undefined || right === undefined || aliases.has(each, left) === aliases.has(each, right))
    return undefined;
  return test.operator.startsWith("!");
}

/** `t.finished`, `!trx.isCompleted()`: a test of the handle's own state. */
export function asksHandle(each: FunctionNode, register: number, aliases: Aliases): boolean {
  const test = definition(each, register);
  switch (test?.op) {
    case "get":
      return aliases.has(each, test.object);
    case "call":
      return test.receiver !== undefined && aliases.has(each, test.receiver);
    case "operation":
      return test.operands.some((operand) => asksHandle(each, operand, aliases));
    default:
      return false;
  }
}

/** Whether `release(argument)` closes the connection, which ends its transaction. */
export function destroyed(
  each: FunctionNode,
  call: CallInstruction,
  destroys: number | "always" | undefined,
  state: State,
): boolean {
  if (destroys === undefined) return false;
  if (destroys === "always") return true;
  const argument = call.arguments[destroys];
  if (argument === undefined) return false;
  // Unknown is not unsafe: only an argument that is certainly falsy leaves the transaction open.
  return truthOf(each, argument.value, state.truths) !== false;
}

/** Instructions that put the handle where it can no longer be followed. */
export function escapes(each: FunctionNode, instruction: Instruction, aliases: Aliases): boolean {
  const gone = (register: number): boolean => aliases.has(each, register) || aliases.contains(each, register);
  switch (instruction.op) {
    case "set":
    case "setIndex":
      return gone(instruction.value);
    case "yield":
      return instruction.value !== undefined && gone(instruction.value) && !(isPython(each) && lends(each.facts));
    case "unknown":
      return instruction.operands.some(gone);
    default:
      return false;
  }
}

/** `this.client = client`, in the function that is followed: the object has the handle from here on. */
export function isKeptByThis(each: FunctionNode, instruction: Instruction, aliases: Aliases): boolean {
  if (instruction.op !== "set" || !aliases.has(each, instruction.value)) return false;
  return definition(each, instruction.object)?.op === "this" && aliases.contains(each, instruction.object);
}

/** `client = await pool.connect()`, where the variable is not one of the function that is followed, nor of one that it entered: others end it. */
export function outlives(
  followed: FunctionNode,
  each: FunctionNode,
  store: Instruction & { op: "store" },
  aliases: Aliases,
): boolean {
  const owner = each.file.facts.variables[store.variable]?.function;
  if (owner === each.facts.id || !aliases.has(each, store.value)) return false;
  for (let at = owner; at !== undefined; at = functionOf(each.file.facts, at)?.parent)
    if (followed.file === each.file && at === followed.facts.id) return false;
  return true;
}

/** Whether something that is not in sight, or a collection, keeps the arguments that are the handle. */
export function keeps(call: CallInstruction, builtin: boolean, given: readonly number[]): boolean {
  if (!builtin) return true;
  // `lastQuery.set(client, text)`: the handle is the key.
  if (call.property === "set" && given.every((index) => index === 0)) return false;
  return keeping.has(call.property ?? "");
}

/** Methods of collections that keep what they are given. */
const keeping = new Set([
  "set",
  "push",
  "unshift",
  "add",
  "concat",
  // Python's.
  "append",
  "appendleft",
  "extend",
  "insert",
  "put",
  "put_nowait",
  "setdefault",
]);

/** `als.getStore() === undefined`: whether there is a transaction around, which only the caller knows. */
export function asksContext(each: FunctionNode, register: number, depth = 0): boolean {
  const test = definition(each, register);
  if (depth > 3) return false;
  if (test?.op === "call") return test.property === "getStore";
  return test?.op === "operation" && test.operands.some((operand) => asksContext(each, operand, depth + 1));
}

/** Closures over the handle among a call's arguments. */
export function capturing(each: FunctionNode, call: CallInstruction, aliases: Aliases): readonly FunctionNode[] {
  return call.arguments.flatMap((argument) => {
    const found = (each.registers[argument.value] ?? []).flatMap((value) =>
      value.kind === "closure" ? [value.function] : [],
    );
    return found.filter((closure) => closure.file === each.file && aliases.touches(closure));
  });
}

/** Whether a closure sends statements through the handle, and does nothing else with it. */
export function onlyUses(closure: FunctionNode, aliases: Aliases): boolean {
  for (const [call, resolved] of closure.calls) {
    const deeds = deedsOf(closure, call, resolved, aliases);
    if (deeds === undefined) {
      if (
        call.arguments.some(
          (argument) => aliases.has(closure, argument.value) || aliases.contains(closure, argument.value),
        )
      )
        return false;
    } else if (deeds.some((deed) => deed.does !== "use" && deed.does !== "touch")) return false;
  }
  return true;
}
