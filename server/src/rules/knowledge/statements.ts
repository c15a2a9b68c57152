import type { CallInstruction, FileFacts, FunctionId, StatementFact } from "../../core/facts.ts";
import { contains, type Span, slice } from "../../core/text.ts";

/** The innermost statement around a span that has the wanted kind. */
export const statementAround = (facts: FileFacts, at: Span, kind?: StatementFact["kind"]): StatementFact | undefined =>
  facts.statements.findLast((each) => contains(each.span, at) && (kind === undefined || each.kind === kind));

/** The statements of the same list, in source order, the given one included. */
export function siblingsOf(facts: FileFacts, statement: StatementFact): StatementFact[] {
  const list = listAround(facts, statement);
  return facts.statements.filter(
    (each) => each.parent === statement.parent && each.function === statement.function && contains(list, each.span),
  );
}

/** The statements that follow in the same list. */
export const following = (facts: FileFacts, statement: StatementFact): StatementFact[] =>
  siblingsOf(facts, statement).filter((each) => each.span.start >= statement.span.end);

/** A statement of one of the blocks of a try, not of a block inside them. */
export function isDirectlyIn(facts: FileFacts, { parent }: StatementFact, outer: StatementFact): boolean {
  const holder = facts.statements[parent];
  return holder === outer || (holder?.kind === "block" && facts.statements[holder.parent] === outer);
}

/** Tries of the same function that have the span in their body, innermost first. */
export const triesAround = (facts: FileFacts, at: Span, inside: FunctionId): StatementFact[] =>
  facts.statements
    .filter((each) => each.kind === "try" && each.function === inside && each.body && contains(each.body, at))
    .reverse();

/** The only statement of a branch without braces (`if (done) return;`). */
export const isBraceless = (text: string, statement: Span): boolean =>
  /(?:\)|\belse|\bdo)$/.test(text.slice(Math.max(0, statement.start - 1_000), statement.start).trimEnd());

/** Every call in a function, and in the functions written in it. */
export function callsIn(facts: FileFacts, within: Span): CallInstruction[] {
  const found: CallInstruction[] = [];
  for (const { span, blocks } of facts.functions) {
    if (span.end < within.start || span.start > within.end) continue;
    for (const { instructions } of blocks)
      for (const each of instructions) if (each.op === "call" && contains(within, each.span)) found.push(each);
  }
  return unique(found);
}

/** Calls on a handle by its name: `client.query(…)`, `client?.release()`. */
export const callsOn = (facts: FileFacts, text: string, handle: string, within: Span): CallInstruction[] =>
  callsIn(facts, within).filter(
    (call) =>
      call.property !== undefined &&
      slice(text, call.calleeSpan).replace(/\s/g, "").replace("?.", ".") === `${handle}.${call.property}`,
  );

/** A try has up to three lists of statements; anything else has one. */
function listAround(facts: FileFacts, { parent, span }: StatementFact): Span {
  const outer = facts.statements[parent];
  if (!outer) return { start: 0, end: Number.POSITIVE_INFINITY };
  return [outer.body, outer.catch, outer.finally].find((block) => block && contains(block, span)) ?? outer.span;
}

/** A `finally` is lowered once for every way through it, so its calls occur several times. */
const unique = (calls: readonly CallInstruction[]): CallInstruction[] => [
  ...new Map(calls.map((call) => [`${call.span.start}-${call.span.end}`, call])).values(),
];
