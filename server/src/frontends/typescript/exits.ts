import { ts } from "ts-morph";
import type { ValueId } from "../../core/facts.ts";
import { type Span, span } from "../../core/text.ts";
import type { Frame, FunctionLowering, OpenBlock } from "./function-lowering.ts";
import { declareNames } from "./hoist.ts";
import { bind } from "./patterns.ts";
import { Scope } from "./scope.ts";
import { scoped } from "./statements.ts";
import { typeRef } from "./types.ts";

type Cleanup = Extract<Frame, { readonly kind: "cleanup" }>;

/** `finally` inside of `finally` is copied this deep; below, it is taken to run once, in order. */
const deepestCopy = 3;
/** Functions with more blocks than this get no further copies: their facts must stay in proportion to their text. */
const mostBlocks = 20_000;
/** Returns through one `finally` that get a copy each. */
const mostReturns = 8;

/**
 * Lowers `inside`, then one copy of `cleanup` for each way out of it: the end, an exception, and every jump. The copy for exceptions
 * throws on.
 */
export function withCleanup(f: FunctionLowering, node: ts.Node, inside: () => void, cleanup: () => void): void {
  const { handler, frames, scope } = f;
  if (f.copying >= deepestCopy || f.blocks.length > mostBlocks) {
    inside();
    cleanup();
    return;
  }
  const onException = f.open();
  const frame: Cleanup = {
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
  if (f.current) f.end({ kind: "throw", span: span(Math.max(node.pos, node.end - 1), node.end) });
  f.current = after;
}

/** One more copy, lowered as part of the statement that it belongs to, wherever the jump stands that asks for it. */
function copying(f: FunctionLowering, cleanup: () => void): () => void {
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

export function tryStatement(f: FunctionLowering, node: ts.TryStatement): void {
  const { finallyBlock, catchClause, tryBlock } = node;
  const guarded = () => (catchClause ? tryCatch(f, tryBlock, catchClause) : scoped(f, tryBlock.statements));
  if (!finallyBlock) {
    guarded();
    return;
  }
  withCleanup(f, node, guarded, () => scoped(f, finallyBlock.statements));
}

function tryCatch(f: FunctionLowering, tryBlock: ts.Block, clause: ts.CatchClause): void {
  const { handler, scope } = f;
  const caught = f.open();
  const after = f.open();
  f.handler = caught;
  f.split();
  scoped(f, tryBlock.statements);
  f.handler = handler;
  f.scope = scope;
  f.goto(after);
  f.start(caught);
  const declaration = clause.variableDeclaration;
  if (declaration) {
    f.scope = new Scope(scope);
    declareNames(f, declaration.name, "catch");
    if (declaration.type && ts.isIdentifier(declaration.name)) {
      const variable = f.scope.value(declaration.name.text);
      if (variable !== undefined) f.file.variables[variable]!.type = typeRef(f, declaration.type);
    }
    bind(f, declaration.name, f.unknown([], declaration));
  }
  scoped(f, clause.block.statements);
  f.scope = scope;
  f.goto(after);
  f.meet(after);
}

/** `break` and `continue`, through every cleanup on the way. */
export function jump(f: FunctionLowering, node: ts.BreakOrContinueStatement): void {
  const isBreak = ts.isBreakStatement(node);
  for (let index = f.frames.length - 1; index >= 0; index--) {
    const frame = f.frames[index]!;
    if (frame.kind !== "target") continue;
    const isMeant = node.label
      ? frame.labels.includes(node.label.text)
      : isBreak
        ? frame.takesPlainBreak
        : frame.continueTo !== undefined;
    const target = isBreak ? frame.breakTo : frame.continueTo;
    if (isMeant && target) {
      exitTo(f, target, index);
      return;
    }
  }
  // Half-typed: there is nothing to break out of.
}

/** Goes to `target`, which belongs to the frame at `depth`. Jumps from one cleanup to one target share their copy. */
function exitTo(f: FunctionLowering, target: OpenBlock, depth: number): void {
  if (!f.current) return;
  const index = innermostCleanup(f.frames, depth);
  if (index === undefined) {
    f.goto(target);
    return;
  }
  const frame = f.frames[index] as Cleanup;
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
export function returnFrom(f: FunctionLowering, result: ValueId | undefined, at: Span): void {
  f.here();
  returnThrough(f, result, at);
}

function returnThrough(f: FunctionLowering, result: ValueId | undefined, at: Span): void {
  if (!f.current) return;
  const index = innermostCleanup(f.frames, 0);
  if (index === undefined) {
    f.end({ kind: "return", ...(result !== undefined && { value: result }), span: at });
    return;
  }
  const frame = f.frames[index] as Cleanup;
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

function innermostCleanup(frames: readonly Frame[], depth: number): number | undefined {
  for (let index = frames.length - 1; index >= depth; index--) if (frames[index]!.kind === "cleanup") return index;
  return undefined;
}

/** Lowers something as if it stood outside of a cleanup's statement. */
function outside(f: FunctionLowering, frame: Cleanup, index: number, lower: () => void): void {
  const { frames, handler, scope } = f;
  f.frames = frames.slice(0, index);
  f.handler = frame.handler;
  f.scope = frame.scope;
  lower();
  f.frames = frames;
  f.handler = handler;
  f.scope = scope;
}
