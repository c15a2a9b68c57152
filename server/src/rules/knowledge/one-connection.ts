import {
  indentAt,
  indentLines,
  insert,
  insertBefore,
  insertLast,
  replace,
  type Source,
  styleOf,
  wrapStatements,
} from "../../core/edit.ts";
import type { CallInstruction, FileFacts, StatementFact } from "../../core/facts.ts";
import { functionOf } from "../../core/functions.ts";
import type { Model, Transaction } from "../../core/model.ts";
import type { Edit } from "../../core/rule.ts";
import { contains, type Span, slice, span } from "../../core/text.ts";
import { sourceOf } from "./options.ts";
import { awaitReturned } from "./release-client.ts";
import { callsIn, following, statementAround, triesAround } from "./statements.ts";
import { samePlace, sending } from "./transactions.ts";

/** The library's own transaction: what is called on the root handle (`$`), and the name of the handle that its callback gets. */
const callbackForms: Readonly<Record<string, readonly [opens: string, handle: string]>> = {
  postgres: ["await $.begin(async (tx) => {", "tx"],
  knex: ["await $.transaction(async (trx) => {", "trx"],
  typeorm: ["await $.transaction(async (manager) => {", "manager"],
  drizzle: ["await $.transaction(async (tx) => {", "tx"],
  "drizzle-orm": ["await $.transaction(async (tx) => {", "tx"],
  kysely: ["await $.transaction().execute(async (trx) => {", "trx"],
  "pg-promise": ["await $.tx(async (t) => {", "t"],
  slonik: ["await $.transaction(async (connection) => {", "connection"],
  prisma: ["await $.$transaction(async (tx) => {", "tx"],
};

/** Libraries whose pool hands out a client with `connect()` that is given back with `release()`. */
const checkoutDrivers = new Set(["pg", "neon", "neon-serverless", "vercel-postgres"]);

/** What a fix works on: the statement that sends BEGIN, those that follow it in its list, and what it is sent through. */
interface Scene {
  readonly model: Model;
  readonly transaction: Transaction;
  readonly source: Source;
  readonly facts: FileFacts;
  readonly begin: StatementFact;
  readonly rest: readonly StatementFact[];
  readonly root: string;
}

/** Sends BEGIN and everything up to its COMMIT through one connection, where they stand in one list of statements. */
export function onOneConnection(model: Model, transaction: Transaction): readonly Edit[] | undefined {
  const { path } = transaction.place;
  const source = sourceOf(model, path);
  const facts = model.facts(path);
  const begin = statementAround(facts, transaction.place.span);
  const root = rootOf(source.text, transaction.call);
  if (
    begin?.kind !== "expression" ||
    begin.function !== transaction.function ||
    root === undefined ||
    !functionOf(facts, transaction.function)?.async
  )
    return undefined;
  // A wrapper of the project has no `connect` of the library.
  if (!model.statements.some(({ place, forwarded }) => !forwarded && samePlace(place, transaction.place)))
    return undefined;
  const body = functionOf(facts, transaction.function)!.bodySpan;
  // Without its COMMIT the transaction cannot be closed for the author.
  if (!/\bcommit\b|\bend\b\s*["'`;]/i.test(source.text.slice(begin.span.end, body.end))) return undefined;
  const rest = following(facts, begin);
  const scene: Scene = { model, transaction, source, facts, begin, rest, root };
  return checkoutDrivers.has(transaction.driver.name) ? throughClient(scene) : throughCallback(scene);
}

function throughClient({ model, transaction, source, facts, begin, rest, root }: Scene): Edit[] | undefined {
  const isTaken = facts.variables.some(({ name, function: id }) => name === "client" && id === transaction.function);
  const host =
    triesAround(facts, begin.span, transaction.function)[0] ?? (rest[0]?.kind === "try" ? rest[0] : undefined);
  if (!rest[0] || isTaken) return undefined;
  const { semicolon } = styleOf(source.text);
  const whole = host
    ? span(Math.min(begin.span.start, host.span.start), host.span.end)
    : span(begin.span.start, rest.at(-1)!.span.end);
  const renamed = [
    ...callsOnRoot(source.text, facts, whole, root).map((at) => replace(source, at, "client")),
    ...awaitReturned(source, facts, transaction.function, root, whole),
  ];
  const opens = `const client = await ${root}.connect()${semicolon}`;
  const rollback = `await ${sending(model, transaction, "ROLLBACK").replace(root, "client")}${semicolon}`;
  const release = `client.release()${semicolon}`;
  if (!host) return [...renamed, ...closeList(model, transaction, [begin, ...rest], { opens, rollback, release })];
  const first = host.span.start < begin.span.start ? host.span : begin.span;
  const closing = closeTry(source, host, release);
  return closing && [insertBefore(source, first, opens), ...renamed, ...closing];
}

/** The try that is there has its ROLLBACK; it lacks the release. */
function closeTry(source: Source, host: StatementFact, release: string): Edit[] | undefined {
  if (!host.catch) return undefined;
  if (host.finally) return [insertLast(source, host.finally, release)];
  const { newline, unit } = styleOf(source.text);
  const indent = newline + indentAt(source.text, host.span.start);
  return [insert(source, host.span.end, ` finally {${indent}${unit}${release}${indent}}`)];
}

function closeList(
  model: Model,
  { place }: Transaction,
  run: readonly StatementFact[],
  { opens, rollback, release }: { readonly opens: string; readonly rollback: string; readonly release: string },
): Edit[] {
  const source = sourceOf(model, place.path);
  const { unit, semicolon } = styleOf(source.text);
  const tail = `} catch (error) {\n${unit}${rollback}\n${unit}throw error${semicolon}\n} finally {\n${unit}${release}\n}`;
  return wrapStatements(
    source,
    model.facts(place.path),
    run.map((each) => each.span),
    { head: `${opens}\ntry {`, tail },
  );
}

function throughCallback({ transaction, source, facts, begin, rest, root }: Scene): Edit[] | undefined {
  const form = callbackForms[transaction.driver.name];
  const commits = rest.filter((each) => each.kind === "expression" && isControl(source.text, each, "commit"));
  if (!form || commits.length !== 1) return undefined;
  const commit = commits[0]!;
  const inside = rest.filter((each) => each.span.end <= commit.span.start);
  const leaves = facts.statements.some(
    (each) =>
      each.kind === "return" &&
      each.function === begin.function &&
      inside.some(({ span: at }) => contains(at, each.span)),
  );
  const later = source.text.slice(commit.span.end, rest.at(-1)!.span.end);
  const declared = facts.variables.filter((variable) => inside.some(({ span: at }) => contains(at, variable.span)));
  if (
    !inside[0] ||
    leaves ||
    inside.some(({ kind }) => kind === "try") ||
    declared.some(({ name }) => new RegExp(`\\b${name}\\b`).test(later))
  )
    return undefined;

  const [opens, handle] = form;
  const { semicolon } = styleOf(source.text);
  const run = span(inside[0].span.start, inside.at(-1)!.span.end);
  const renamed = loadsOfRoot(source.text, facts, run, root).map((at) => replace(source, at, handle));
  return [
    replace(
      source,
      begin.span,
      opens.replace("$", () => root),
    ),
    ...indentLines(source, facts, run),
    ...renamed,
    replace(source, commit.span, `})${semicolon}`),
  ];
}

/** What the call is made on: `pool` of `pool.query("BEGIN")`, `sql` of its tag; an argument for Kysely's `.execute(db)`. */
function rootOf(text: string, call: CallInstruction): string | undefined {
  const callee = slice(text, call.calleeSpan);
  if (call.style === "tag") return /^[\w$.]+$/.test(callee) ? callee : undefined;
  const root = callee.slice(0, callee.length - (call.property?.length ?? 0)).replace(/\s*\??\.\s*$/, "");
  if (/^(?:this\.)?[\w$]+(?:\.[\w$]+)*$/.test(root)) return root;
  const argument = call.arguments[0];
  const handed = argument && slice(text, argument.span);
  return call.property === "execute" && handed && /^[\w$.]+$/.test(handed) ? handed : undefined;
}

const isControl = (text: string, { span: at }: StatementFact, word: string): boolean =>
  new RegExp(`["'\`]\\s*${word}\\b`, "i").test(slice(text, at));

const callsOnRoot = (text: string, facts: FileFacts, within: Span, root: string): Span[] =>
  callsIn(facts, within)
    .filter((call) => call.property === "query" && slice(text, call.calleeSpan) === `${root}.query`)
    .map(({ calleeSpan: { start } }) => span(start, start + root.length));

/** Every place where the root handle itself is read. */
function loadsOfRoot(text: string, facts: FileFacts, within: Span, root: string): Span[] {
  const reads = facts.functions
    .flatMap(({ blocks }) => blocks.flatMap(({ instructions }) => instructions))
    .filter(
      (each) =>
        (each.op === "load" || each.op === "get") && contains(within, each.span) && slice(text, each.span) === root,
    );
  return [...new Map(reads.map((each) => [each.span.start, each.span])).values()];
}
