import type { Block } from "../core/facts.ts";
import type { Aliases } from "./aliases.ts";
import { findMember } from "./calls.ts";
import { asksContext, asksHandle, freshness } from "./captures.ts";
import { branchKeys, conditionOf, truthOf } from "./conditions.ts";
import { extend, type State } from "./path-state.ts";
import type { FunctionNode } from "./program.ts";
import { definition } from "./text.ts";

/** The blocks that a branch can lead to on a path, with what the path knows there. */
export function* waysOf(
  each: FunctionNode,
  { test, then, else: otherwise }: Block["end"] & { kind: "branch" },
  aliases: Aliases,
  state: State,
): Generator<readonly [block: number, state: State]> {
  const condition = conditionOf(each, test);
  const held = state.life === "held" && (aliases.has(each, test) || aliases.contains(each, test));
  const truth =
    held || hasMember(each, test, aliases)
      ? true
      : (freshness(each, test, aliases) ?? truthOf(each, test, state.truths));
  if (truth === undefined && (asksHandle(each, test, aliases) || asksContext(each, test))) {
    yield [then, { ...state, doubt: true }];
    yield [otherwise, { ...state, doubt: true }];
    return;
  }
  const decided = (taken: boolean): State =>
    condition === undefined || !branchKeys(each).has(condition.key)
      ? state
      : { ...state, truths: extend(state.truths, condition.key, taken === condition.truthy) };
  if (truth !== false) yield [then, decided(true)];
  if (truth !== true) yield [otherwise, decided(false)];
}

/** `"release" in client`, of a client that has it. */
function hasMember(each: FunctionNode, register: number, aliases: Aliases): boolean {
  const test = definition(each, register);
  if (test?.op !== "operation" || test.operator !== "in") return false;
  const [name, object] = test.operands;
  const member = definition(each, name ?? -1);
  if (object === undefined || member?.op !== "literal" || typeof member.value !== "string") return false;
  if (!aliases.has(each, object)) return false;
  const { value } = member;
  return (each.registers[object] ?? []).some(
    (one) =>
      one.kind === "handle" && one.site === aliases.site && findMember(one.driver, one.type, value) !== undefined,
  );
}
