import {
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
import type { Model, Transaction } from "../../core/model.ts";
import type { Edit } from "../../core/rule.ts";
import { contains, type Place, type Span, slice, span } from "../../core/text.ts";
import { sourceOf } from "./options.ts";
import { releaseStatements } from "./release-client.ts";
import { following, isBraceless, statementAround, triesAround } from "./statements.ts";
import { release, rollback } from "./transactions.ts";

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
  const scene = sceneOf(model, transaction);
  if (!scene) return undefined;
  const host = hostTry(scene);
  const closing = host ? closeIn(scene, host) : wrap(scene);
  return closing && [...closing, ...beforeReturns(model, scene)];
}

/** The try that surrounds the transaction: BEGIN is in its body, or it comes right after BEGIN and has the statements that end it. */
function hostTry({ facts, transaction, begin }: Scene): StatementFact | undefined {
  const outer = triesAround(facts, transaction.place.span, transaction.function)[0];
  if (outer) return outer;
  const next = following(facts, begin).find(({ kind }) => kind === "try");
  const isItsTry =
    next?.body &&
    (transaction.ends.some(({ place }) => contains(next.span, place.span)) ||
      transaction.releases.some(({ place }) => contains(next.span, place.span)));
  return isItsTry ? next : undefined;
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
function beforeReturns(model: Model, { source, facts, transaction, rollback: code }: Scene): Edit[] {
  const { newline, unit } = styleOf(source.text);
  const places = transaction.leaks.flatMap(({ steps }) => steps.at(-1)?.place ?? []);
  return [...new Map(places.map((place) => [place.span.start, place])).values()].flatMap((place: Place) => {
    const statement = place.path === source.path ? model.statementAt(place.path, place.span.start) : undefined;
    if (statement?.kind !== "return" || statement.function !== transaction.function) return [];
    if (!isBraceless(source.text, statement.span)) return [insertBefore(source, statement.span, code)];
    const around = statementAround(facts, span(statement.span.start - 1, statement.span.start)) ?? statement;
    const indent = newline + /[ \t]*$/.exec(source.text.slice(0, around.span.start))![0];
    const block = `{${indent}${unit}${code}${indent}${unit}${slice(source.text, statement.span)}${indent}}`;
    return [replace(source, statement.span, block)];
  });
}

/** Releases that a release in `finally` takes the place of; undefined where one is part of a larger statement. */
const releasesIn = ({ source, facts, transaction }: Scene, within: Span): Span[] | undefined =>
  releaseStatements(source, facts, transaction.driver, transaction.handle ?? "", within);

function sceneOf(model: Model, transaction: Transaction): Scene | undefined {
  const { path, span: at } = transaction.place;
  const source = sourceOf(model, path);
  const facts = model.facts(path);
  const begin = statementAround(facts, at);
  const ending = rollback(model, transaction);
  if (!begin || !ending || begin.function !== transaction.function || !facts.functions[transaction.function]?.async)
    return undefined;
  const { semicolon } = styleOf(source.text);
  const owned = transaction.checkout?.function === transaction.function && transaction.checkout.place.path === path;
  const giveBack = owned ? release(transaction) : undefined;
  return {
    source,
    facts,
    transaction,
    begin,
    rollback: ending + semicolon,
    ...(giveBack ? { release: giveBack + semicolon } : {}),
  };
}

const enclosingEnd = (facts: FileFacts, { function: id }: StatementFact): number => facts.functions[id]!.span.end;
