import type { ValueId } from "../../core/facts.ts";
import type { Span } from "../../core/text.ts";
import { condition, value } from "./expressions.ts";
import type { FunctionLowering } from "./function-lowering.ts";
import { bindTargets } from "./names.ts";
import { parts } from "./nodes.ts";
import { Scope } from "./scope.ts";
import { assignAll, assignTo } from "./targets.ts";
import type { Node } from "./tree.ts";

const kinds: ReadonlySet<string> = new Set([
  "ComprehensionExpression",
  "ArrayComprehensionExpression",
  "SetComprehensionExpression",
  "DictionaryComprehensionExpression",
]);

export const isComprehension = ({ type }: Node): boolean => kinds.has(type);

/** `[e for a in b if c]` and kin: a loop whose value is a collection of what each round makes. */
export function comprehension(f: FunctionLowering, node: Node): ValueId {
  const inside = node.children.filter(({ type }) => !/^[()[\]{}]$/.test(type));
  return comprehensionOf(f, inside, node, f.file.span(node));
}

/** The same, without brackets: a generator as the only argument of a call. */
export function comprehensionOf(f: FunctionLowering, nodes: readonly Node[], whole: Node, at: Span): ValueId {
  const first = nodes.findIndex(({ type }) => type === "for" || type === "async");
  if (first <= 0) return f.unknown([], whole);
  const outside = f.scope;
  f.scope = new Scope(outside, "comprehension");
  const item = clause(f, nodes.slice(first), () => {
    const made = nodes.slice(0, first);
    const [one, , last] = made;
    if (made.length === 3 && one && last) value(f, one);
    const node = made[made.length - 1];
    return node ? value(f, node, "element") : f.unknown([], whole);
  });
  f.scope = outside;
  const held = f.next();
  // What the last round left, if there was one.
  f.emit({ op: "either", dst: held, values: item === undefined ? [] : [item], operator: "?:", span: at });
  const dst = f.next();
  f.emit({ op: "array", dst, elements: [{ value: held, spread: false, span: at }], span: at });
  return dst;
}

/** One `for … in …`, with the conditions and the clauses after it; the register of what each round makes. */
function clause(f: FunctionLowering, nodes: readonly Node[], make: () => ValueId): ValueId | undefined {
  if (nodes.length === 0) return make();
  const isAsync = nodes[0]!.type === "async";
  const rest = isAsync ? nodes.slice(1) : nodes;
  if (rest[0]?.type === "if") {
    const [, test] = rest;
    const [yes, no] = [f.open(), f.open()];
    if (!test) return make();
    condition(f, test, yes, no);
    f.start(yes);
    const item = clause(f, rest.slice(2), make);
    f.goto(no);
    f.meet(no);
    return item;
  }
  const at = rest.findIndex(({ type }) => type === "in");
  const source = rest[at + 1];
  if (rest[0]?.type !== "for" || at < 0 || !source) return undefined;
  const targets = rest.slice(1, at);
  const collection = value(f, source);
  bindTargets(f, targets);
  const [head, round, after] = [f.open(), f.open(), f.open()];
  const span = f.file.span(source);
  f.goto(head);
  f.start(head);
  let element = f.next();
  f.emit({ op: "element", dst: element, collection, span });
  if (isAsync) {
    const awaited = f.next();
    f.emit({ op: "await", dst: awaited, value: element, span });
    element = awaited;
  }
  f.end({ kind: "choice", to: [round, after], span });
  f.start(round);
  assignTargets(f, targets, element);
  const item = clause(f, rest.slice(at + 2), make);
  f.goto(head);
  f.meet(after);
  return item;
}

/** `for a, b in …`: one target, or several between commas. */
export function assignTargets(f: FunctionLowering, targets: readonly Node[], from: ValueId): void {
  const [only] = targets;
  if (targets.length === 1 && only) assignTo(f, only, from);
  else assignAll(f, parts(targets), from);
}
