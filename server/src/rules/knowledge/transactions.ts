import type { Driver } from "../../core/driver.ts";
import type { Model, Step, Transaction } from "../../core/model.ts";
import type { Finding } from "../../core/rule.ts";
import { contains, type Place, slice } from "../../core/text.ts";
import { literal } from "./options.ts";

type Related = Finding["related"][number];

/** What opens the transaction, as it is written: `BEGIN`, `knex.transaction()`. */
export function opening(model: Model, transaction: Transaction): string {
  if (transaction.form === "sql") return "`BEGIN`";
  return `\`${slice(model.text(transaction.place.path), transaction.call.calleeSpan).replace(/\s+/g, "")}()\``;
}

export const openedHere = (transaction: Transaction): Related => ({
  place: transaction.place,
  message:
    transaction.form === "implicit"
      ? "The transaction begins here: the session's first statement opens one, a SELECT too, until commit, rollback or close."
      : "The transaction begins here.",
});

/** Where the transaction begins, and what in the project's own helpers begins it. */
export function openedWhere(transaction: Transaction): Related[] {
  const places: Related[] = [openedHere(transaction)];
  for (let at = transaction.helper; at !== undefined && places.length < maximumHelpers; at = at.helper)
    places.push({ place: at.place, message: "The helper opens it here." });
  return places;
}

const maximumHelpers = 4;

/** The text of the statement where it is written apart from the call that sends it. */
export function textElsewhere(model: Model, { place, call }: Pick<Transaction, "place" | "call">): Related[] {
  const literal = model.statements.find((statement) => samePlace(statement.place, place))?.literal;
  const isInCall = literal?.path === place.path && contains(call.span, literal.span);
  return literal && !isInCall ? [{ place: literal, message: "The statement's text is written here." }] : [];
}

export const related = (steps: readonly Step[]): Related[] =>
  steps.map(({ place, words }) => ({ place, message: sentence(words) }));

/** The words of the last step, as an aside: how the path leaves. */
export function wayOut(steps: readonly Step[]): string {
  // What failed and was caught says more than where the function ends after it.
  const last = steps.findLast(({ words }) => / (may )?throws?\b/.test(words)) ?? steps.at(-1);
  return last ? ` (${last.words.replace(/ here$/, "")})` : "";
}

const sentence = (words: string): string =>
  `${words.charAt(0).toUpperCase()}${words.slice(1)}${words.endsWith(".") ? "" : "."}`;

/** How unmanaged transactions are rolled back; `$` is the handle. The SQL form repeats the call that sent BEGIN. */
const rollbacks: Readonly<Record<string, string>> = {
  knex: "$.rollback()",
  objection: "$.rollback()",
  sequelize: "$.rollback()",
  typeorm: "$.rollbackTransaction()",
  kysely: "$.rollback().execute()",
  "mikro-orm": "$.rollback()",
};

/** Source text that ends the transaction, or undefined where it takes more than one call on its handle. */
export function rollback(model: Model, transaction: Transaction): string | undefined {
  if (transaction.form === "callback") return undefined;
  if (transaction.form === "sql") return `await ${sending(model, transaction, "ROLLBACK")}`;
  const form = rollbacks[transaction.driver.name];
  return form && transaction.handle ? `await ${form.replace("$", transaction.handle)}` : undefined;
}

/** The call that sent BEGIN, with another statement. */
export function sending(model: Model, { place, call }: Transaction, sql: string): string {
  const callee = slice(model.text(place.path), call.calleeSpan);
  return call.style === "tag" ? `${callee}\`${sql}\`` : `${callee}(${literal(model, place.path, sql)})`;
}

/** The members that give a session back, by the driver's own description. */
export const releaseNames = (driver: Driver): ReadonlySet<string> =>
  new Set(
    Object.values(driver.types).flatMap(({ members }) =>
      Object.entries(members ?? {}).flatMap(([name, member]) =>
        [member]
          .flat()
          .some((signature) =>
            signature.effects?.some((effect) => effect.does === "releases" && effect.handle === undefined),
          )
          ? [name]
          : [],
      ),
    ),
  );

/** The session's variable: where BEGIN is a tag (reserved`BEGIN`) only the checkout knows it. */
export const handleOf = ({ checkout, handle }: Transaction): string | undefined => checkout?.handle ?? handle;

/** Source text that gives the handle back to its pool. */
export function release(driver: Driver, handle: string | undefined): string | undefined {
  // pg-promise's own connection is given back with `done`; the pg client inside has a `release`.
  const name = driver.name === "pg-promise" ? "done" : [...releaseNames(driver)][0];
  if (name === undefined || handle === undefined) return undefined;
  // Only TypeORM's release is a promise.
  return `${driver.name === "typeorm" ? "await " : ""}${handle}.${name}()`;
}

export const samePlace = (a: Place, b: Place): boolean =>
  a.path === b.path && a.span.start === b.span.start && a.span.end === b.span.end;
