import type { ValueId } from "../../core/facts.ts";
import type { Span } from "../../core/text.ts";
import type { Body, Frame, OpenBlock } from "./body.ts";

type Cleanup<Scope> = Extract<Frame<Scope>, { readonly kind: "cleanup" }>;

/** `finally` inside of `finally` is copied this deep; below, it is taken to run once, in order. */
const deepestCopy = 3;
/** Functions with more blocks than this get no further copies: their facts must stay in proportion to their text. */
const mostBlocks = 20_000;
/** Returns through one `finally` that get a copy each. */
const mostReturns = 8;

/**
 * Lowers `inside`, then one copy of `cleanup` for each way out of it: the end, an exception, and every jump. The copy for exceptions
 * throws on, at `end`.
 */
export function withCleanup<Scope>(f: Body<Scope>, end: Span, inside: () => void, cleanup: () => void): void {
  const { handler, frames, scope } = f;
  if (f.copying >= deepestCopy || f.blocks.length > mostBlocks) {
    inside();
    cleanup();
    return;
  }
  const onException = f.open();
  const frame: Cleanup<Scope> = {
    kind: "cleanup",
    run: copying(f, cleanup),
    handler,
    scope,
    copies: new Map(),
    returns: 0,
    sharedReturn: undefined,
  };
  f.handler = onException;
  f.frames = [...frames, frame];
  f.split();
  inside();
  f.frames = frames;
  f.handler = handler;
  f.scope = scope;
  if (f.current) {
    f.split();
    frame.run();
  }
  const after = f.current;
  f.start(onException);
  frame.run();
  // Thrown on, unless `finally` itself jumped.
  if (f.current) f.end({ kind: "throw", span: end });
  f.current = after;
}

/** One more copy, lowered as part of the statement that it belongs to, wherever the jump stands that asks for it. */
function copying<Scope>(f: Body<Scope>, cleanup: () => void): () => void {
  const own = f.statement;
  return () => {
    const { statement } = f;
    f.statement = own;
    f.copying++;
    cleanup();
    f.copying--;
    f.statement = statement;
  };
}

/** Goes to `target`, which belongs to the frame at `depth`. Jumps from one cleanup to one target share their copy. */
export function exitTo<Scope>(f: Body<Scope>, target: OpenBlock, depth: number): void {
  if (!f.current) return;
  const index = innermostCleanup(f.frames, depth);
  if (index === undefined) {
    f.goto(target);
    return;
  }
  const frame = f.frames[index] as Cleanup<Scope>;
  const known = frame.copies.get(target);
  if (known) {
    f.goto(known);
    return;
  }
  outside(f, frame, index, () => {
    const copy = f.open();
    frame.copies.set(target, copy);
    f.goto(copy);
    f.start(copy);
    frame.run();
    exitTo(f, target, depth);
  });
}

/** Returns through every cleanup on the way. */
export function returnFrom<Scope>(f: Body<Scope>, result: ValueId | undefined, at: Span): void {
  f.here();
  returnThrough(f, result, at);
}

function returnThrough<Scope>(f: Body<Scope>, result: ValueId | undefined, at: Span): void {
  if (!f.current) return;
  const index = innermostCleanup(f.frames, 0);
  if (index === undefined) {
    f.end({ kind: "return", ...(result !== undefined && { value: result }), span: at });
    return;
  }
  const frame = f.frames[index] as Cleanup<Scope>;
  const isShared = frame.returns >= mostReturns;
  if (isShared && frame.sharedReturn) {
    f.goto(frame.sharedReturn);
    return;
  }
  outside(f, frame, index, () => {
    const copy = f.open();
    f.goto(copy);
    f.start(copy);
    frame.returns++;
    if (isShared) frame.sharedReturn = copy;
    frame.run();
    returnThrough(f, isShared ? undefined : result, at);
  });
}

function innermostCleanup(frames: readonly Frame<unknown>[], depth: number): number | undefined {
  for (let index = frames.length - 1; index >= depth; index--) if (frames[index]!.kind === "cleanup") return index;
  return undefined;
}

/** Lowers something as if it stood outside of a cleanup's statement. */
function outside<Scope>(f: Body<Scope>, frame: Cleanup<Scope>, index: number, lower: () => void): void {
  const { frames, handler, scope } = f;
  f.frames = frames.slice(0, index);
  f.handler = frame.handler;
  f.scope = frame.scope;
  lower();
  f.frames = frames;
  f.handler = handler;
  f.scope = scope;
}
