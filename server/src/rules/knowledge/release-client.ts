import type { Driver } from "../../core/driver.ts";
import {
  indentAt,
  insert,
  insertLast,
  removeStatement,
  type Source,
  styleOf,
  wrapStatements,
} from "../../core/edit.ts";
import type { FileFacts, FunctionId, StatementFact } from "../../core/facts.ts";
import { functionOf } from "../../core/functions.ts";
import type { Checkout, Model } from "../../core/model.ts";
import type { Edit } from "../../core/rule.ts";
import { contains, type Span, slice, span } from "../../core/text.ts";
import { sourceOf } from "./options.ts";
import { callsOn, following, isBraceless, statementAround } from "./statements.ts";
import { release, releaseNames } from "./transactions.ts";

/** Edits that release the client in a `finally`: of the try that is all that follows its checkout, or of a new one. */
export function releaseInFinally(model: Model, checkout: Checkout): readonly Edit[] | undefined {
  const { path } = checkout.place;
  const source = sourceOf(model, path);
  const facts = model.facts(path);
  const statement = statementAround(facts, checkout.place.span);
  const call = release(checkout.driver, checkout.handle);
  if (!call || !checkout.handle || statement?.kind !== "variable" || statement.function !== checkout.function)
    return undefined;

  const rest = following(facts, statement);
  if (!rest[0] || rest.some((each) => /^export\b/.test(slice(source.text, each.span)))) return undefined;
  const run = span(rest[0].span.start, rest.at(-1)!.span.end);
  const removed = releaseStatements(source, facts, checkout.driver, checkout.handle, run);
  if (!removed) return undefined;
  const { newline, unit, semicolon } = styleOf(source.text);
  const isOptional = mayBeNothing(slice(source.text, run), checkout.handle);
  if (isOptional && checkout.driver.language === "python") return undefined;
  const code = (isOptional ? call.replace(`${checkout.handle}.`, `${checkout.handle}?.`) : call) + semicolon;
  const awaits = awaitReturned(source, facts, checkout.function, checkout.handle, run);

  const kept = rest.filter((each) => !removed.some(({ start }) => start === each.span.start));
  const only = kept.length === 1 && kept[0]!.kind === "try" ? kept[0]! : undefined;
  if (!only) {
    const wrap = { head: "try {", tail: `} finally {\n${unit}${code}\n}` };
    const spans = kept.map((each) => each.span);
    return [...wrapStatements(source, facts, spans, wrap, removed), ...awaits];
  }
  const removals = [...removed.map((each) => removeStatement(source, each)), ...awaits];
  if (only.finally) return [...removals, insertLast(source, only.finally, code)];
  const indent = newline + indentAt(source.text, only.span.start);
  return [...removals, insert(source, only.span.end, ` finally {${indent}${unit}${code}${indent}}`)];
}

/** Whether code asks if there is a client at all: `if (client === null) return`. */
function mayBeNothing(code: string, handle: string): boolean {
  const name = `\\b${handle.replace(/[$.]/g, "\\$&")}`;
  const tests = [
    `!\\s*${name}\\s*[)&|]`,
    `${name}\\s*[!=]==?\\s*(?:null|undefined)\\b`,
    `${name}\\s*(?:\\?\\.|&&)`,
    `\\(\\s*${name}\\s*\\)\\s*[{\\n]`,
    `${name}\\s+is\\s`,
    `\\bnot\\s+${name}\\s*:`,
  ];
  return new RegExp(tests.join("|")).test(code);
}

/**
 * `return client.query(…)` inside a try is settled after the `finally` has run, and no `catch` sees it fail: it needs an `await`.
 * Edits for every such return of a call on the handle, or with it.
 */
export function awaitReturned(source: Source, facts: FileFacts, id: FunctionId, handle: string, within: Span): Edit[] {
  const calls = functionOf(facts, id)?.blocks.flatMap(({ instructions }) => instructions) ?? [];
  const mention = new RegExp(`\\b${handle.replace(/[$.]/g, "\\$&")}\\b`);
  const starts = calls
    .filter((each) => each.op === "call")
    .filter(
      (call) => call.use === "returned" && contains(within, call.span) && mention.test(slice(source.text, call.span)),
    )
    .map((call) => call.span.start);
  return [...new Set(starts)].map((start) => insert(source, start, "await "));
}

/** The statements that release the handle and nothing else; undefined where a release is part of a larger statement. */
export function releaseStatements(
  source: Source,
  facts: FileFacts,
  driver: Driver,
  handle: string,
  within: Span,
): Span[] | undefined {
  const names = releaseNames(driver);
  const calls = callsOn(facts, source.text, handle, within).filter(({ property }) => names.has(property!));
  const statements = calls.map((call) => statementAround(facts, call.span));
  const isAlone = (statement: StatementFact | undefined, index: number): statement is StatementFact =>
    statement?.kind === "expression" &&
    contains(statement.span, calls[index]!.span) &&
    /^(?:await\s+)?$/.test(source.text.slice(statement.span.start, calls[index]!.span.start)) &&
    !isBraceless(source.text, statement.span);
  return statements.every(isAlone) ? statements.map((statement) => statement!.span) : undefined;
}
