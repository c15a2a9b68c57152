import type { CallInstruction } from "../core/facts.ts";
import { unresolved } from "./calls.ts";
import { Frames } from "./inside-frames.ts";
import type { Frame } from "./inside-origins.ts";
import { blocksReached } from "./inside-reach.ts";
import { namesTransaction } from "./inside-written.ts";
import type { FunctionNode } from "./program.ts";
import type { Link, Part } from "./regions.ts";

/**
 * Whether a call runs on the way of calls that leads to it: `if (given) return work(given)` ends the way of those who hand something over. Nor
 * does what a function does only outside of a transaction, or only inside, as far as it decides by something that is named like one.
 */
export function isOnWay({ each, via }: Part, call: CallInstruction): boolean {
  const [first] = via;
  if (first === undefined) return true;
  const frames = new Frames();
  let frame = frames.outermost(first.each);
  for (const [index, link] of via.entries()) {
    const next = via[index + 1] ?? { each, call };
    frame = entered(frames, frame, link, next.each);
    if (!runs(frames, frame, next.call)) return false;
  }
  return true;
}

function entered(frames: Frames, from: Frame, { call }: Link, target: FunctionNode): Frame {
  const found = frames.targets(from, call).find((one) => one.function === target);
  const outer = found?.outer ?? frames.home(from, target);
  const resolved = from.each.calls.get(call) ?? unresolved;
  const isCalled = !resolved.builtin && resolved.targets.includes(target);
  return isCalled ? frames.enter(from, call, target, outer) : frames.frame(target, outer);
}

function runs(frames: Frames, frame: Frame, call: CallInstruction): boolean {
  const { each } = frame;
  const block = each.facts.blocks.findIndex(({ instructions }) => instructions.includes(call));
  return [true, false].every((isInTransaction) =>
    blocksReached(
      each,
      "paths",
      (test) => frames.truth(frame, test) ?? (namesTransaction(each, test, 0) ? isInTransaction : undefined),
    ).has(block),
  );
}
