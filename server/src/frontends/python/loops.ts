import { exitTo } from "../control-flow/cleanup.ts";
import { assignTargets } from "./comprehensions.ts";
import { condition } from "./expressions.ts";
import type { FunctionLowering } from "./function-lowering.ts";
import { childOf } from "./nodes.ts";
import { body, tupled } from "./statements.ts";
import type { Node } from "./tree.ts";

type Block = FunctionLowering["blocks"][number];

/** The body, and that of `else`, which runs where the loop was not left by `break`. */
function bodies(node: Node): { readonly round: Node | undefined; readonly otherwise: Node | undefined } {
  const at = node.children.findIndex(({ type }) => type === "else");
  const before = at < 0 ? node.children : node.children.slice(0, at);
  return {
    round: before.find(({ type }) => type === "Body"),
    otherwise: at < 0 ? undefined : node.children.slice(at).find(({ type }) => type === "Body"),
  };
}

export function whileLoop(f: FunctionLowering, node: Node): void {
  const { round: inside, otherwise } = bodies(node);
  const test = node.children[1];
  if (!test || test.type === "Body") return;
  const [head, round, done, after] = [f.open(), f.open(), f.open(), f.open()];
  f.goto(head);
  f.start(head);
  condition(f, test, round, done);
  f.start(round);
  inLoop(f, after, head, () => body(f, inside));
  f.goto(head);
  finish(f, done, after, otherwise);
}

export function forLoop(f: FunctionLowering, node: Node): void {
  const { round: inside, otherwise } = bodies(node);
  const isAsync = childOf(node, "async") !== undefined;
  const start = node.children.findIndex(({ type }) => type === "for");
  const at = node.children.findIndex(({ type }) => type === "in");
  const colon = node.children.findIndex(({ type }) => type === "Body");
  const source = node.children.slice(at + 1, colon < 0 ? undefined : colon);
  const [first] = source;
  if (at < 0 || !first) {
    body(f, inside);
    return;
  }
  const targets = node.children.slice(start + 1, at);
  const collection = tupled(f, source, first);
  const span = f.file.span(first);
  const [head, round, done, after] = [f.open(), f.open(), f.open(), f.open()];
  f.goto(head);
  f.start(head);
  const take = (): number => {
    const dst = f.next();
    f.emit({ op: "element", dst, collection, span });
    return dst;
  };
  let item: number | undefined;
  if (isAsync) {
    // It waits for the next item, and for the end as well: it may fail before every round.
    const next = take();
    item = f.next();
    f.emit({ op: "await", dst: item, value: next, span });
  }
  f.end({ kind: "choice", to: [round, done], span });
  f.start(round);
  const taken = item ?? take();
  inLoop(f, after, head, () => {
    assignTargets(f, targets, taken);
    body(f, inside);
  });
  f.goto(head);
  finish(f, done, after, otherwise);
}

function finish(f: FunctionLowering, done: Block, after: Block, otherwise: Node | undefined): void {
  f.meet(done);
  if (f.current) body(f, otherwise);
  f.goto(after);
  f.meet(after);
}

function inLoop(f: FunctionLowering, breakTo: Block, continueTo: Block, lower: () => void): void {
  const { frames } = f;
  f.frames = [...frames, { kind: "target", labels: [], breakTo, continueTo, takesPlainBreak: true }];
  lower();
  f.frames = frames;
}

/** `break` and `continue`, through every cleanup on the way. */
export function jump(f: FunctionLowering, node: Node): void {
  for (let index = f.frames.length - 1; index >= 0; index--) {
    const frame = f.frames[index]!;
    if (frame.kind !== "target" || !frame.continueTo) continue;
    exitTo(f, node.type === "BreakStatement" ? frame.breakTo : frame.continueTo, index);
    return;
  }
  // Half-typed: there is nothing to break out of.
}
