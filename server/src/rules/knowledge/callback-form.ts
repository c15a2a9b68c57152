import { indentLines, replace, styleOf } from "../../core/edit.ts";
import type { StatementFact } from "../../core/facts.ts";
import type { Model, Transaction } from "../../core/model.ts";
import type { Edit } from "../../core/rule.ts";
import { contains, slice, span } from "../../core/text.ts";
import { sourceOf } from "./options.ts";
import { following, statementAround } from "./statements.ts";

/** Driver, with the call that takes a callback: `$` is what is called now (`knex.transaction`), `%` the callback. */
const unmanaged: Readonly<Record<string, readonly [now: RegExp, then: string]>> = {
  knex: [/^([\w$.]+)\.transaction\(\)$/, "await $1.transaction(%)"],
  objection: [/^([\w$.]+)\.startTransaction\(\)$/, "await $1.transaction(%)"],
  sequelize: [/^([\w$.]+)\.transaction\(\)$/, "await $1.transaction(%)"],
  kysely: [/^([\w$.]+)\.startTransaction\(\)\.execute\(\)$/, "await $1.transaction().execute(%)"],
};

/**
 * `const trx = await knex.transaction(); …; await trx.commit();` as one call with a callback, where that is all there is: the commit is
 * a statement of the same list, nothing in between returns, and nothing after it uses what was declared in between.
 */
export function callbackForm(model: Model, transaction: Transaction): readonly Edit[] | undefined {
  const { path } = transaction.place;
  const source = sourceOf(model, path);
  const facts = model.facts(path);
  const form = unmanaged[transaction.driver.name];
  const begin = statementAround(facts, transaction.place.span);
  if (!form || transaction.form !== "unmanaged" || begin?.kind !== "variable" || transaction.ends.length !== 1)
    return undefined;

  const written = slice(source.text, begin.span);
  const opening = /^(?:const|let|var)\s+([\w$]+)\s*=\s*await\s+([\s\S]+?);?$/.exec(written);
  const call = opening?.[2]?.replace(/\s+/g, "");
  if (!opening || !call || !form[0].test(call) || opening[1] !== transaction.handle) return undefined;

  const rest = following(facts, begin);
  const commit = rest.find((each) => contains(each.span, transaction.ends[0]!.place.span));
  if (commit?.kind !== "expression" || transaction.ends[0]!.how !== "commit") return undefined;
  const inside = rest.filter((each) => each.span.end <= commit.span.start);
  const after = rest.filter((each) => each.span.start >= commit.span.end);
  if (!inside[0] || leaves(facts.statements, begin, inside) || sharesNames(model, path, inside, after))
    return undefined;

  const { semicolon } = styleOf(source.text);
  const [before, behind] = form[1].split("%") as [string, string];
  const head = `${call.replace(form[0], before)}async (${transaction.handle}) => {`;
  const run = span(inside[0].span.start, inside.at(-1)!.span.end);
  return [
    replace(source, begin.span, head),
    ...indentLines(source, facts, run),
    replace(source, commit.span, `}${behind}${semicolon}`),
  ];
}

/** A `return` or a loop's `break` would leave the callback instead of the function. */
const leaves = (
  statements: readonly StatementFact[],
  begin: StatementFact,
  inside: readonly StatementFact[],
): boolean =>
  statements.some(
    (each) =>
      each.kind === "return" &&
      each.function === begin.function &&
      inside.some(({ span: at }) => contains(at, each.span)),
  );

function sharesNames(
  model: Model,
  path: string,
  inside: readonly StatementFact[],
  after: readonly StatementFact[],
): boolean {
  const facts = model.facts(path);
  const declared = facts.variables.filter((variable) => inside.some(({ span: at }) => contains(at, variable.span)));
  const later = after.map(({ span: at }) => slice(model.text(path), at)).join("\n");
  return declared.some(({ name }) => new RegExp(`\\b${name.replaceAll("$", "\\$")}\\b`).test(later));
}
