import type { CallInstruction } from "../core/facts.ts";
import { locate } from "./begin-sites.ts";
import { entering } from "./managers.ts";
import type { FunctionNode } from "./program.ts";

/** What stands in a `with` block. */
export interface HeldBlock {
  readonly calls: ReadonlySet<CallInstruction>;
  /** The function lends from inside of the block what it holds. */
  readonly yields: boolean;
}

/** The call that enters what another call made: `with helper():` calls `helper`, then `__enter__` on what it returns. */
export function enterOf(each: FunctionNode, made: CallInstruction): CallInstruction | undefined {
  if (!made.managed) return undefined;
  for (const call of each.calls.keys())
    if (call.receiver === made.dst && call.property !== undefined && entering.has(call.property)) return call;
  return undefined;
}

/** What runs after a call of `__enter__`, until what was entered is disposed of, or ended by a call in the block. */
export function blockHeld(
  each: FunctionNode,
  enter: CallInstruction,
  isEnd: (call: CallInstruction) => boolean,
): HeldBlock {
  const calls = new Set<CallInstruction>();
  let yields = false;
  const start = locate(each, enter);
  // Where entering fails the block is not run: the handler of its own statement is another one's.
  const line = start === undefined ? [] : [{ id: start.block, from: start.after, isFirst: true }];
  const seen = new Set<number>();
  const reach = (id: number | undefined): void => {
    if (id === undefined || seen.has(id)) return;
    seen.add(id);
    line.push({ id, from: 0, isFirst: false });
  };
  for (const { id, from, isFirst } of line) {
    const block = each.facts.blocks[id];
    if (block === undefined) continue;
    let isOver = false;
    for (const one of block.instructions.slice(from)) {
      isOver = one.op === "dispose" ? one.value === enter.receiver : one.op === "call" && isEnd(one);
      if (isOver) break;
      if (one.op === "call") calls.add(one);
      else if (one.op === "yield") yields = true;
    }
    if (!isFirst && block.instructions.some((one) => one.op === "call" || one.op === "await" || one.op === "yield"))
      reach(block.handler);
    if (isOver) continue;
    const { end } = block;
    if (end.kind === "goto") reach(end.to);
    else if (end.kind === "choice") end.to.forEach(reach);
    else if (end.kind === "branch") for (const to of [end.then, end.else]) reach(to);
    else if (end.kind === "throw" && !isFirst) reach(block.handler);
  }
  return { calls, yields };
}
