import type { Block, Terminator } from "../../core/facts.ts";
import type { OpenBlock, OpenTerminator } from "./body.ts";

/** What a function has of its blocks, which nothing is added to any more. Those that were left open end the function. */
export function finish({ blocks }: { readonly blocks: readonly OpenBlock[] }): readonly Block[] {
  for (const block of blocks) block.end ??= { kind: "stop" };
  return tidy(blocks);
}

/**
 * Numbers the blocks of a function in the order in which they run, without empty detours. Code that is not reached is kept
 * where it holds instructions: a pool opened there is still a pool.
 */
function tidy(blocks: readonly OpenBlock[]): readonly Block[] {
  const entry = blocks[0]!;
  if (blocks.length === 1) return [seal(entry, () => 0)];
  skipDetours(blocks);
  const order = inOrder(blocks);
  const joined = join(order);
  const numbers = new Map<OpenBlock, number>();
  for (const block of joined) numbers.set(block, numbers.size);
  return joined.map((block) => seal(block, (target) => numbers.get(target)!));
}

/** Of a list that grew, a third is room for more: the copy has none. */
function seal(block: OpenBlock, number: (block: OpenBlock) => number): Block {
  const end = close(block.end!, number);
  const instructions = block.instructions.length === 0 ? none : block.instructions.slice();
  if (!block.handler) return { instructions, end };
  return { instructions, handler: number(block.handler), end };
}

const none: Block["instructions"] = Object.freeze([]);

function close(end: OpenTerminator, number: (block: OpenBlock) => number): Terminator {
  switch (end.kind) {
    case "goto":
      return { kind: "goto", to: number(end.to) };
    case "branch":
      // biome-ignore lint/suspicious/noThenProperty: a way that is taken, not a promise.
      return { kind: "branch", test: end.test, then: number(end.then), else: number(end.else), span: end.span };
    case "choice":
      return { kind: "choice", to: end.to.map(number), span: end.span };
    default:
      return end;
  }
}

/** Sends every jump to an empty block that only jumps on to where it ends up. */
function skipDetours(blocks: readonly OpenBlock[]): void {
  const final = (block: OpenBlock): OpenBlock => {
    let at = block;
    // A loop without a body jumps to itself for ever; no detour is longer than the function.
    for (let steps = 0; steps < 64; steps++) {
      if (at.instructions.length > 0 || at.end?.kind !== "goto" || at.end.to === at) return at;
      at = at.end.to;
    }
    return at;
  };
  for (const block of blocks) {
    const { end } = block;
    if (end?.kind === "goto") block.end = { kind: "goto", to: final(end.to) };
    // biome-ignore lint/suspicious/noThenProperty: a way that is taken, not a promise.
    else if (end?.kind === "branch") block.end = { ...end, then: final(end.then), else: final(end.else) };
    else if (end?.kind === "choice") block.end = { ...end, to: [...new Set(end.to.map(final))] };
  }
}

function successors(block: OpenBlock): readonly OpenBlock[] {
  const { end } = block;
  const next =
    end === undefined
      ? []
      : end.kind === "goto"
        ? [end.to]
        : end.kind === "branch"
          ? [end.then, end.else]
          : end.kind === "choice"
            ? [...end.to]
            : [];
  if (block.handler) next.push(block.handler);
  return next;
}

/** Reverse postorder from the entry, then from each unreached block that holds instructions. */
function inOrder(blocks: readonly OpenBlock[]): OpenBlock[] {
  const seen = new Set<OpenBlock>();
  const order: OpenBlock[] = [];
  for (const root of blocks) {
    if (seen.has(root) || (root !== blocks[0] && root.instructions.length === 0)) continue;
    const part: OpenBlock[] = [];
    const stack: { readonly block: OpenBlock; readonly next: readonly OpenBlock[]; at: number }[] = [];
    const enter = (block: OpenBlock) => {
      seen.add(block);
      const next = successors(block);
      stack.push({ block, next, at: next.length });
    };
    enter(root);
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      // Last first: what is visited first ends up last, so bodies precede what follows them.
      if (top.at > 0) {
        const next = top.next[--top.at]!;
        if (!seen.has(next)) enter(next);
      } else {
        part.push(top.block);
        stack.pop();
      }
    }
    for (let index = part.length - 1; index >= 0; index--) order.push(part[index]!);
  }
  return order;
}

/** Appends a block to the only one that jumps to it, where both have the same handler. */
function join(order: readonly OpenBlock[]): readonly OpenBlock[] {
  const entries = new Map<OpenBlock, number>();
  const count = (block: OpenBlock) => entries.set(block, (entries.get(block) ?? 0) + 1);
  for (const block of order) for (const next of successors(block)) count(next);
  const gone = new Set<OpenBlock>();
  for (const block of order) {
    if (gone.has(block)) continue;
    for (;;) {
      const { end }: OpenBlock = block;
      if (end?.kind !== "goto") break;
      const next: OpenBlock = end.to;
      const follows =
        next !== block &&
        next !== order[0] &&
        entries.get(next) === 1 &&
        next.handler === block.handler &&
        !gone.has(next);
      if (!follows) break;
      for (const instruction of next.instructions) block.instructions.push(instruction);
      block.end = next.end;
      gone.add(next);
    }
  }
  return order.filter((block) => !gone.has(block));
}
