import { indentAt, insertAfter, removeStatement, replace, type Source, styleOf } from "../../core/edit.ts";
import type { FileFacts, Instruction, StatementFact } from "../../core/facts.ts";
import { functionOf } from "../../core/functions.ts";
import type { ExternalWait, Model, Transaction } from "../../core/model.ts";
import type { Edit, Fix } from "../../core/rule.ts";
import { contains, type Place, type Span, slice, span } from "../../core/text.ts";
import { sourceOf } from "./options.ts";
import { following, isDirectlyIn, siblingsOf, statementAround } from "./statements.ts";

/** What the transaction's own list of statements is, and where it opens and closes. */
interface Scene {
  readonly source: Source;
  readonly facts: FileFacts;
  /** The statement that waits. */
  readonly waiting: StatementFact;
  /** The statement that begins the transaction, or that holds the whole callback. */
  readonly begin: StatementFact;
  /** Statements of the transaction, in order, on the level of the one that waits. */
  readonly body: readonly StatementFact[];
}

/** What tells others of the work belongs after it: they would look for rows that are not committed yet. */
const announces: ReadonlySet<ExternalWait["kind"]> = new Set(["queue", "cache"]);

/** Moves a statement that waits out of its transaction: before it where nothing in front matters to it, after it where nothing uses it. */
export function moveOut(model: Model, transaction: Transaction, wait: ExternalWait): Fix[] {
  // Behind calls, it is the call in the transaction's own code that can move.
  const at = wait.chain[0]?.place ?? wait.place;
  if (at.path !== transaction.place.path) return [];
  const scene = sceneOf(model, transaction, at);
  if (scene && wait.chain.length > 0 && mayUse(scene, transaction)) return [];
  if (!scene) return [];
  const before = moveBefore(scene);
  const after = moveAfter(scene, transaction);
  const fixes: Fix[] = [
    ...(before ? [{ title: "Wait before the transaction begins", safety: "suggestion" as const, edits: before }] : []),
    ...(after
      ? [{ title: "Wait after the transaction has committed", safety: "suggestion" as const, edits: after }]
      : []),
  ];
  return announces.has(wait.kind) ? fixes.reverse() : fixes;
}

/** Whether the function that is called may use the transaction: it is handed its handle, or finds it by itself. */
function mayUse({ source, facts, waiting }: Scene, { form, handle, checkout }: Transaction): boolean {
  const names = [handle, checkout?.handle].filter((name) => name !== undefined);
  if (form === "callback")
    return functionOf(facts, waiting.function)?.parameters.length === 0 || handsOver(facts, waiting);
  const text = slice(source.text, waiting.span);
  return (
    names.length === 0 ||
    names.some((name) => name.includes(".") || new RegExp(`(?<![\\w$.])${escaped(name)}(?![\\w$])`).test(text))
  );
}

/** Whether a statement reads a parameter of its function: the transaction's handle. */
function handsOver(facts: FileFacts, waiting: StatementFact): boolean {
  const own = new Set(functionOf(facts, waiting.function)?.parameters.map(({ variable }) => variable));
  return instructionsIn(facts, waiting.span).some((each) => each.op === "load" && own.has(each.variable));
}

const escaped = (name: string): string => name.replaceAll("$", "\\$");

function sceneOf(model: Model, transaction: Transaction, at: Place): Scene | undefined {
  const source = sourceOf(model, at.path);
  const facts = model.facts(at.path);
  const waiting = statementAround(facts, at.span);
  const begin = statementAround(facts, transaction.place.span);
  if (!waiting || !begin || (waiting.kind !== "variable" && waiting.kind !== "expression")) return undefined;
  // The body of a concise arrow is no statement that something could be put before.
  if (begin.function !== transaction.function) return undefined;
  if (transaction.form === "callback") {
    // The statement is one of the callback's own, and the callback is written in the call.
    const callback = functionOf(facts, waiting.function);
    const isCallback =
      callback && contains(transaction.call.argumentsSpan, callback.span) && callback.parent === transaction.function;
    const isTopLevel = siblingsOf(facts, waiting).every(
      (each) =>
        each.parent < 0 ||
        facts.statements[each.parent]!.function !== waiting.function ||
        facts.statements[each.parent]!.kind === "block",
    );
    return isCallback && isTopLevel ? { source, facts, waiting, begin, body: siblingsOf(facts, waiting) } : undefined;
  }
  const anchor = checkoutBefore(facts, transaction, begin) ?? begin;
  if (following(facts, begin).includes(waiting))
    return { source, facts, waiting, begin: anchor, body: following(facts, begin) };
  // The try right after BEGIN.
  const next = following(facts, begin)[0];
  const inNext =
    next?.kind === "try" && next.body && contains(next.body, waiting.span) && isDirectlyIn(facts, waiting, next);
  return inNext ? { source, facts, waiting, begin: anchor, body: siblingsOf(facts, waiting) } : undefined;
}

/** The checkout right in front of BEGIN, or of the try that it is in: waiting before it keeps the client free as well. */
function checkoutBefore(
  facts: FileFacts,
  { checkout, place }: Transaction,
  begin: StatementFact,
): StatementFact | undefined {
  if (checkout?.place.path !== place.path) return undefined;
  const around =
    facts.statements[
      facts.statements[begin.parent]?.kind === "block" ? facts.statements[begin.parent]!.parent : begin.parent
    ];
  return [begin, around].flatMap((each) => {
    const list = each ? siblingsOf(facts, each) : [];
    const before = each && list[list.indexOf(each) - 1];
    return before?.kind === "variable" && contains(before.span, checkout.place.span) ? [before] : [];
  })[0];
}

function moveBefore({ source, facts, waiting, begin, body }: Scene): Edit[] | undefined {
  const earlier = body.filter((each) => each.span.end <= waiting.span.start);
  // A condition in front decides whether the work happens at all.
  if (earlier.some(({ kind }) => kind !== "expression" && kind !== "variable")) return undefined;
  const start = begin.span.start;
  const declared = variablesIn(facts, span(start, waiting.span.start));
  const uses = instructionsIn(facts, waiting.span);
  if (uses.some((each) => each.op === "load" && declared.has(each.variable))) return undefined;
  if (namesIn(facts, waiting.span).some((name) => isTakenAround(facts, name, begin, waiting))) return undefined;
  return [
    removeStatement(source, waiting.span),
    ...putBefore(source, begin.span, slice(source.text, waiting.span), waiting.span),
  ];
}

/** Only a statement whose result nobody uses, in front of COMMIT or at the end of the callback. */
function moveAfter(scene: Scene, { form, ends }: Transaction): Edit[] | undefined {
  const { source, facts, waiting, body } = scene;
  if (waiting.kind !== "expression" || variablesIn(facts, waiting.span).size > 0) return undefined;
  if (form === "callback") return moveBehind(scene);
  const commit = body[body.indexOf(waiting) + 1];
  const isCommit = commit && ends.some(({ how, place }) => how === "commit" && contains(commit.span, place.span));
  if (!isCommit) return undefined;
  return [
    replace(source, waiting.span, slice(source.text, commit.span)),
    replace(source, commit.span, slice(source.text, waiting.span)),
  ];
}

/** The last statement of a callback goes behind the call, where it uses nothing that the callback has. */
function moveBehind({ source, facts, waiting, begin, body }: Scene): Edit[] | undefined {
  const isAwaited = begin.kind === "variable" || begin.kind === "expression";
  if (
    body.at(-1) !== waiting ||
    !isAwaited ||
    !/\bawait\b/.test(source.text.slice(begin.span.start, body[0]!.span.start))
  )
    return undefined;
  const own = variablesIn(facts, functionOf(facts, waiting.function)!.span);
  if (instructionsIn(facts, waiting.span).some((each) => each.op === "load" && own.has(each.variable)))
    return undefined;
  const indent = indentAt(source.text, waiting.span.start);
  const code = slice(source.text, waiting.span).replaceAll(`\n${indent}`, "\n");
  return [removeStatement(source, waiting.span), insertAfter(source, begin.span, code)];
}

function putBefore(source: Source, at: Span, code: string, from: Span): Edit[] {
  const { newline } = styleOf(source.text);
  const indentOf = (offset: number) => spaceBefore(source.text, offset);
  const moved = code.replaceAll(`\n${indentOf(from.start)}`, `\n${indentOf(at.start)}`);
  return [replace(source, span(at.start, at.start), moved + newline + indentOf(at.start))];
}

/** The blanks right before an offset, without a look at the rest of the text. */
function spaceBefore(text: string, offset: number): string {
  let start = offset;
  while (start > 0 && (text[start - 1] === " " || text[start - 1] === "\t")) start--;
  return text.slice(start, offset);
}

/** Only functions around the place, or in it, have instructions there. */
const instructionsIn = (facts: FileFacts, at: Span): Instruction[] =>
  facts.functions
    .filter((each) => contains(each.span, at) || contains(at, each.span))
    .flatMap(({ blocks }) =>
      blocks.flatMap(({ instructions }) => instructions.filter((each) => contains(at, each.span))),
    );

const variablesIn = (facts: FileFacts, at: Span): ReadonlySet<number> =>
  new Set([...facts.variables.keys()].filter((index) => contains(at, facts.variables[index]!.span)));

const namesIn = (facts: FileFacts, at: Span): string[] =>
  facts.variables.filter((variable) => contains(at, variable.span)).map(({ name }) => name);

/** Whether the name means something else where the statement would go. */
const isTakenAround = (facts: FileFacts, name: string, begin: StatementFact, waiting: StatementFact): boolean =>
  facts.variables.some(
    (variable) =>
      variable.name === name && variable.function === begin.function && !contains(waiting.span, variable.span),
  );
