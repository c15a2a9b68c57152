import {
  indentAt,
  insert,
  insertBefore,
  insertFirst,
  insertLast,
  removeStatement,
  replace,
  type Source,
  styleOf,
  wrapStatements,
} from "../../core/edit.ts";
import type { FileFacts, StatementFact } from "../../core/facts.ts";
import { functionOf } from "../../core/functions.ts";
import type { Model, Transaction } from "../../core/model.ts";
import type { Edit } from "../../core/rule.ts";
import { contains, type Span, slice, span } from "../../core/text.ts";
import { sourceOf } from "./options.ts";
import { awaitReturned, releaseStatements } from "./release-client.ts";
import { following, isBraceless, isDirectlyIn, siblingsOf, statementAround, triesAround } from "./statements.ts";
import { handleOf, release, rollback } from "./transactions.ts";

/** What a fix of one transaction works on. */
interface Scene {
  readonly source: Source;
  readonly facts: FileFacts;
  readonly transaction: Transaction;
  /** The statement that begins it. */
  readonly begin: StatementFact;
  /** Ends the transaction: `await client.query("ROLLBACK");` */
  readonly rollback: string;
  /** Gives the session back, where its checkout is in sight: `client.release();` */
  readonly release?: string;
}

/**
 * Edits after which every path out of the transaction rolls it back and gives its session back: a try around it, or a catch and a
 * finally for the try that is there. Adding `finally { release() }` alone would hand the open transaction to the next caller.
 */
export function closeOnEveryPath(model: Model, transaction: Transaction): readonly Edit[] | undefined {
  const plain = sceneOf(model, transaction);
  const host = plain && hostTry(plain);
  const scene = plain && host ? guarded(plain, host) : plain;
  if (!scene || !commitsAlways(scene, host)) return undefined;
  const closing = host ? closeIn(scene, host) : wrap(scene);
  const within = host?.body ?? functionOf(scene.facts, transaction.function)!.span;
  const awaits = awaitReturned(scene.source, scene.facts, transaction.function, handleOf(transaction) ?? "", within);
  const edits = closing && [...closing, ...beforeReturns(scene, within), ...awaits];
  return edits && edits.length > 0 ? edits : undefined;
}

/** The try that surrounds the transaction: BEGIN is in its body, or it comes right after BEGIN and has the statements that end it. */
function hostTry({ facts, transaction, begin }: Scene): StatementFact | undefined {
  const outer = triesAround(facts, transaction.place.span, transaction.function)[0];
  const handle = transaction.checkout && statementAround(facts, transaction.checkout.place.span);
  // Its catch and finally do not see what is declared in its body.
  const isHidden = handle?.kind === "variable" && outer?.body && contains(outer.body, handle.span);
  if (outer && !isHidden) return outer;
  const next = following(facts, begin).find(({ kind }) => kind === "try");
  const isItsTry =
    next?.body &&
    (transaction.ends.some(({ place }) => contains(next.span, place.span)) ||
      transaction.releases.some(({ place }) => contains(next.span, place.span)));
  return isItsTry ? next : undefined;
}

/** A handle that is assigned in the body may be missing in the catch: `await client?.query("ROLLBACK")`. */
function guarded(scene: Scene, host: StatementFact): Scene {
  const { facts, transaction } = scene;
  const handle = handleOf(transaction);
  const assigned = transaction.checkout && statementAround(facts, transaction.checkout.place.span);
  const mayBeMissing = assigned?.kind === "expression" && host.body && contains(host.body, assigned.span);
  if (!mayBeMissing || handle === undefined) return scene;
  const optional = (code: string): string => code.replace(`${handle}.`, `${handle}?.`);
  return {
    ...scene,
    rollback: optional(scene.rollback),
    ...(scene.release ? { release: optional(scene.release) } : {}),
  };
}

function closeIn(scene: Scene, host: StatementFact): Edit[] | undefined {
  const { source, facts, transaction } = scene;
  const { newline, unit, semicolon } = styleOf(source.text);
  const indent =
    newline +
    source.text.slice(source.text.lastIndexOf("\n", host.span.start - 1) + 1, host.span.start).replace(/\S.*/, "");
  const edits: Edit[] = [];
  let tail = "";
  if (!host.catch)
    tail += ` catch (error) {${indent}${unit}${scene.rollback}${indent}${unit}throw error${semicolon}${indent}}`;
  else if (!transaction.ends.some(({ place }) => contains(host.catch!, place.span)))
    edits.push(insertFirst(source, host.catch, scene.rollback));

  const releasedAtEnd = host.finally && releasesIn(scene, host.finally)?.length !== 0;
  if (scene.release && !releasedAtEnd) {
    const removed = releasesIn(scene, span(host.span.start, enclosingEnd(facts, host)));
    if (!removed) return undefined;
    edits.push(...removed.map((each) => removeStatement(source, each)));
    if (host.finally) edits.push(insertLast(source, host.finally, scene.release));
    else tail += ` finally {${indent}${unit}${scene.release}${indent}}`;
  }
  if (tail === "") return edits;
  // A catch goes before an existing finally, anything else at the end.
  const at = host.catch?.end ?? host.body!.end;
  return [...edits, insert(source, at, tail)];
}

function wrap(scene: Scene): Edit[] | undefined {
  const { source, facts, begin } = scene;
  const after = following(facts, begin);
  // A client that is checked out here is released, even where BEGIN itself fails.
  const rest = begin.kind === "expression" && scene.release ? [begin, ...after] : after;
  const first = rest[0];
  if (!first || after.length === 0 || rest.some((each) => /^export\b/.test(slice(source.text, each.span))))
    return undefined;
  const removed = scene.release ? releasesIn(scene, span(first.span.start, rest.at(-1)!.span.end)) : [];
  if (!removed) return undefined;
  const { unit, semicolon } = styleOf(source.text);
  const end = scene.release ? `} finally {\n${unit}${scene.release}\n}` : "}";
  const tail = `} catch (error) {\n${unit}${scene.rollback}\n${unit}throw error${semicolon}\n${end}`;
  return wrapStatements(
    source,
    facts,
    rest.map((each) => each.span),
    { head: "try {", tail },
    removed,
  );
}

/** Early returns keep the transaction open whatever a catch does. */
function beforeReturns(scene: Scene, within: Span): Edit[] {
  const { source, facts, rollback: code } = scene;
  const { newline, unit } = styleOf(source.text);
  return openReturns(scene, within).map((statement) => {
    if (!isBraceless(source.text, statement.span)) return insertBefore(source, statement.span, code);
    const indent =
      newline + indentAt(source.text, facts.statements[statement.parent]?.span.start ?? statement.span.start);
    const block = `{${indent}${unit}${code}${indent}${unit}${slice(source.text, statement.span)}${indent}}`;
    return replace(source, statement.span, block);
  });
}

/** Returns between BEGIN and its end: nothing that ends the transaction stands in front of them, in their list or one around it. */
function openReturns({ facts, transaction }: Scene, within: Span): StatementFact[] {
  const begin = transaction.place.span;
  const ends = transaction.ends.flatMap(({ place }) => statementAround(facts, place.span) ?? []);
  return facts.statements.filter((each) => {
    if (each.kind !== "return" || each.function !== transaction.function) return false;
    if (!contains(within, each.span) || each.span.start < begin.end) return false;
    return !ends.some(
      (end) => contains(each.span, end.span) || following(facts, end).some((later) => contains(later.span, each.span)),
    );
  });
}

/** A COMMIT in one branch only: what the other branch should do cannot be told. */
function commitsAlways({ facts, transaction, begin }: Scene, host: StatementFact | undefined): boolean {
  const lists = [begin, host].flatMap((each) => (each ? siblingsOf(facts, each) : []));
  return transaction.ends
    .filter(({ how }) => how === "commit")
    .flatMap(({ place }) => statementAround(facts, place.span) ?? [])
    .some((end) => lists.includes(end) || (host !== undefined && isDirectlyIn(facts, end, host)));
}

/** Releases that a release in `finally` takes the place of; undefined where one is part of a larger statement. */
const releasesIn = ({ source, facts, transaction }: Scene, within: Span): Span[] | undefined =>
  releaseStatements(source, facts, transaction.driver, handleOf(transaction) ?? "", within);

function sceneOf(model: Model, transaction: Transaction): Scene | undefined {
  const { path, span: at } = transaction.place;
  const source = sourceOf(model, path);
  const facts = model.facts(path);
  const begin = statementAround(facts, at);
  const ending = rollback(model, transaction);
  if (!begin || !ending || begin.function !== transaction.function || !functionOf(facts, transaction.function)?.async)
    return undefined;
  const { semicolon } = styleOf(source.text);
  const isInLoop = transaction.checkout && !isInListOf(facts, transaction.checkout.place.span, begin);
  const handle = handleOf(transaction);
  const isReleased = triesAround(facts, at, transaction.function).some(
    (each) =>
      each.finally && releaseStatements(source, facts, transaction.driver, handle ?? "", each.finally)?.length !== 0,
  );
  // Its release belongs outside of the loop, where this transaction does not reach.
  if (isInLoop && !isReleased) return undefined;
  const owned =
    !isInLoop && transaction.checkout?.function === transaction.function && transaction.checkout.place.path === path;
  const giveBack = owned ? release(transaction.driver, handle) : undefined;
  return {
    source,
    facts,
    transaction,
    begin,
    rollback: ending + semicolon,
    ...(giveBack ? { release: giveBack + semicolon } : {}),
  };
}

const enclosingEnd = (facts: FileFacts, { function: id }: StatementFact): number => functionOf(facts, id)!.span.end;

/** Whether the checkout stands in the list of BEGIN, or of a try around BEGIN. */
const isInListOf = (facts: FileFacts, checkout: Span, begin: StatementFact): boolean =>
  [begin, ...triesAround(facts, begin.span, begin.function)].some((each) =>
    siblingsOf(facts, each).some((other) => contains(other.span, checkout) && other.span.start <= each.span.start),
  );
