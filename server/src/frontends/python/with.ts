import type { ValueId } from "../../core/facts.ts";
import { span } from "../../core/text.ts";
import { withCleanup } from "../control-flow/cleanup.ts";
import { call, emitCall, standardName } from "./calls.ts";
import { stacked, stackName } from "./exit-stacks.ts";
import { get, value } from "./expressions.ts";
import type { FunctionLowering } from "./function-lowering.ts";
import { childOf, expressionsIn, unwrap } from "./nodes.ts";
import { body } from "./statements.ts";
import { assignTo } from "./targets.ts";
import { type Node, written } from "./tree.ts";

interface Item {
  readonly held: Node;
  readonly target: Node | undefined;
}

export function withStatement(f: FunctionLowering, node: Node): void {
  const isAsync = childOf(node, "async") !== undefined;
  enter(f, itemsOf(node), { node: childOf(node, "Body"), isAsync });
}

/** `with a as b, c:` and, over several lines, `with (a as b, c):`, where the grammar leaves the parentheses to whoever reads. */
function itemsOf(node: Node): readonly Item[] {
  const words = node.children.flatMap((child) =>
    child.type === "ParenthesizedExpression" || child.type === "TupleExpression" ? opened(child, node) : [child],
  );
  const items: Item[] = [];
  let held: Node | undefined;
  let target: Node | undefined;
  let isTarget = false;
  const done = () => {
    if (held) items.push({ held, target });
    held = undefined;
    target = undefined;
    isTarget = false;
  };
  for (const word of words) {
    if (word.type === "Body") break;
    if (word.type === ",") done();
    else if (word.type === "as") isTarget = true;
    else if (word.type !== "async" && word.type !== "with" && word.type !== "(" && word.type !== ")") {
      // Inside of parentheses the comma after a target is lost.
      if (target) done();
      if (isTarget) target = word;
      else if (word.type !== "TupleExpression" || expressionsIn(word).length > 0) held = word;
    }
  }
  done();
  return items;
}

/** The parts of a list of items in parentheses; parentheses around one expression stay. */
function opened(child: Node, node: Node): readonly Node[] {
  const isFirst = node.children.find(({ type }) => type !== "async" && type !== "with") === child;
  const isClosed = child.children[child.children.length - 1]?.type === ")";
  return isFirst && (!isClosed || child.type === "TupleExpression") ? child.children : [child];
}

/** The body of the statement, which runs inside of all that it enters. */
interface Block {
  readonly node: Node | undefined;
  readonly isAsync: boolean;
}

function enter(f: FunctionLowering, items: readonly Item[], block: Block): void {
  const [item, ...rest] = items;
  if (!item) {
    body(f, block.node);
    return;
  }
  const { held, target } = item;
  const { isAsync } = block;
  const node = unwrap(held);
  const inside = () => enter(f, rest, block);
  if (node.type === "CallExpression" && swallows(f, node)) {
    swallowing(f, node, inside);
    return;
  }
  const manager = node.type === "CallExpression" ? call(f, node, "used", "managed") : value(f, node);
  const made = enterCall(f, manager, node, isAsync);
  const entered = isAsync ? f.next() : made;
  if (isAsync) f.emit({ op: "await", dst: entered, value: made, span: f.file.span(node) });
  if (target) assignTo(f, written(f.file.text, target), entered);
  const stack = stackName(f, node, target, block.node);
  const go = () => (stack === undefined ? inside() : stacked(f, stack, held, inside));
  withCleanup(f, span(Math.max(held.start, held.end - 1), held.end), go, () =>
    f.emit({ op: "dispose", value: manager, awaited: isAsync, span: f.file.span(held) }),
  );
}

/** `manager.__enter__()`, or `manager.__aenter__()`, whose result has to be awaited. */
export function enterCall(f: FunctionLowering, manager: ValueId, node: Node, isAsync: boolean): ValueId {
  const property = isAsync ? "__aenter__" : "__enter__";
  const at = f.file.span(node);
  const callee = get(f, manager, property, node, { ...node, start: node.end });
  return emitCall(f, {
    style: "call",
    callee,
    receiver: manager,
    property,
    arguments: [],
    use: isAsync ? "awaited" : "used",
    span: at,
    calleeSpan: at,
    argumentsSpan: span(node.end, node.end),
    managed: false,
  });
}

/** `with suppress(Error):` and `with pytest.raises(Error):` go on after what is raised inside. */
function swallows(f: FunctionLowering, node: Node): boolean {
  const [callee] = node.children;
  const name = callee && standardName(f, callee);
  return name === "contextlib.suppress" || name === "pytest.raises";
}

function swallowing(f: FunctionLowering, node: Node, inside: () => void): void {
  value(f, node);
  const { handler } = f;
  const after = f.open();
  f.handler = after;
  f.split();
  inside();
  f.handler = handler;
  f.goto(after);
  after.entered = true;
  f.meet(after);
}
