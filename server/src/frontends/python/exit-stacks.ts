import type { Argument, ValueId } from "../../core/facts.ts";
import { span } from "../../core/text.ts";
import { withCleanup } from "../control-flow/cleanup.ts";
import { argumentsOf, type Callee, call, calleeOf, emitCall, standardName } from "./calls.ts";
import { value } from "./expressions.ts";
import type { FunctionLowering } from "./function-lowering.ts";
import { childOf, parts } from "./nodes.ts";
import type { Node } from "./tree.ts";
import { enterCall } from "./with.ts";

/** `with ExitStack() as stack:`: what was put on it so far is done with, last first, on every way out of the block. */
export interface ExitStack {
  readonly waiting: (() => void)[];
}

const makers: ReadonlySet<string | undefined> = new Set(["contextlib.ExitStack", "contextlib.AsyncExitStack"]);

/** The name under which a `with` statement keeps such a stack, where nothing takes what is on it elsewhere. */
export function stackName(
  f: FunctionLowering,
  node: Node,
  target: Node | undefined,
  body: Node | undefined,
): string | undefined {
  const [callee] = node.children;
  if (node.type !== "CallExpression" || !callee || target?.type !== "VariableName") return undefined;
  if (!makers.has(standardName(f, callee))) return undefined;
  const name = f.file.textOf(target);
  return body && f.file.textOf(body).includes(`${name}.pop_all`) ? undefined : name;
}

/** Lowers the block of a stack, and what was put on it after each way out. */
export function stacked(f: FunctionLowering, name: string, node: Node, inside: () => void): void {
  const stack: ExitStack = { waiting: [] };
  const outer = f.stacks.get(name);
  f.stacks.set(name, stack);
  withCleanup(f, span(Math.max(node.start, node.end - 1), node.end), inside, () => {
    for (const end of [...stack.waiting].reverse()) end();
  });
  if (outer) f.stacks.set(name, outer);
  else f.stacks.delete(name);
}

const managers: ReadonlySet<string> = new Set(["enter_context", "enter_async_context"]);
const callbacks: ReadonlySet<string> = new Set(["callback", "push_async_callback"]);

/** `stack.enter_context(manager)` and `stack.callback(function, …)`; undefined for any other call. */
export function onStack(f: FunctionLowering, node: Node, callee: Node, list: Node): ValueId | undefined {
  const [object] = callee.children;
  const property = childOf(callee, "PropertyName");
  if (f.stacks.size === 0 || object?.type !== "VariableName" || !property) return undefined;
  const stack = f.stacks.get(f.file.textOf(object));
  if (!stack) return undefined;
  const name = f.file.textOf(property);
  const isAsync = name.includes("async");
  const [first, ...rest] = parts(list.children);
  const given = first?.length === 1 ? first[0] : undefined;
  if (!given) return undefined;
  if (managers.has(name)) return entered(f, stack, given, isAsync);
  if (!callbacks.has(name)) return undefined;
  const called = calleeOf(f, given);
  const handed = argumentsOf(f, { ...list, children: rest.flat() });
  stack.waiting.push(() => run(f, node, given, called, handed, isAsync));
  return called.callee;
}

function entered(f: FunctionLowering, stack: ExitStack, node: Node, isAsync: boolean): ValueId {
  const manager = node.type === "CallExpression" ? call(f, node, "used", "managed") : value(f, node);
  const result = enterCall(f, manager, node, isAsync);
  stack.waiting.push(() => f.emit({ op: "dispose", value: manager, awaited: isAsync, span: f.file.span(node) }));
  return result;
}

function run(
  f: FunctionLowering,
  node: Node,
  given: Node,
  called: Callee,
  handed: readonly Argument[],
  isAsync: boolean,
): void {
  const at = f.file.span(node);
  const made = emitCall(f, {
    ...called,
    style: "call",
    arguments: handed,
    use: isAsync ? "awaited" : "dropped",
    span: at,
    calleeSpan: f.file.span(given),
    argumentsSpan: span(at.end, at.end),
    managed: false,
  });
  if (isAsync) f.emit({ op: "await", dst: f.next(), value: made, span: at });
}
