import { insertBefore, replace, styleOf } from "../core/edit.ts";
import { functionOf } from "../core/functions.ts";
import type { Model, Transaction } from "../core/model.ts";
import type { Fix, Rule } from "../core/rule.ts";
import { contains, slice, span } from "../core/text.ts";
import { closeOnEveryPath } from "./knowledge/close-transaction.ts";
import { sourceOf } from "./knowledge/options.ts";
import { isBraceless, statementAround } from "./knowledge/statements.ts";
import { openedHere, opening, related, rollback, samePlace, wayOut } from "./knowledge/transactions.ts";

type Release = Transaction["releases"][number];

export const noReleaseInTransaction: Rule = {
  name: "no-release-in-transaction",
  summary: "A client goes back to its pool while its transaction may still be open.",
  why: `Releasing a client does not end its transaction. The next caller gets the same connection and works inside the old transaction: its
insert reports success and is invisible to everyone, until some unrelated ROLLBACK throws it away. Meanwhile the server connection stays
\`idle in transaction\`.

ROLLBACK before the release on every path that does not COMMIT; in node-postgres \`client.release(error)\` closes the connection instead, which
ends the transaction too. A ROLLBACK in \`finally\` right before \`release()\` counts, also when it fails itself. The rule does not see a client
that a framework releases.`,
  group: "transactions",
  severity: "error",
  fix: "suggestion",
  dependsOn: [],
  *check(model) {
    const told: Release[] = [];
    for (const transaction of model.transactions) {
      if (transaction.on === "pool") continue;
      for (const release of transaction.releases) {
        // One release is one finding, however many paths and transactions lead to it.
        if (told.some(({ place }) => samePlace(place, release.place))) continue;
        told.push(release);
        const what = slice(model.text(release.place.path), release.call.calleeSpan).replace(/\s+/g, "");
        yield {
          place: release.place,
          message: `\`${what}()\` gives the connection back while the transaction of ${opening(model, transaction)} may be open${wayOut(release.steps)}: the next caller works inside it.`,
          related: [openedHere(transaction), ...related(release.steps)],
          fixes: () => [...rollBackFirst(model, transaction, release), ...closeInstead(model, transaction, release)],
        };
      }
    }
  },
};

function rollBackFirst(model: Model, transaction: Transaction, { place }: Release): Fix[] {
  const source = sourceOf(model, place.path);
  const facts = model.facts(place.path);
  const statement = statementAround(facts, place.span);
  const code = rollback(model, transaction);
  if (!statement || !code || place.path !== transaction.place.path || statement.function !== transaction.function)
    return [];
  // In a finally the transaction is committed on one path and open on another.
  const inFinally = facts.statements.some((each) => each.finally && contains(each.finally, place.span));
  const edits = inFinally ? closeOnEveryPath(model, transaction) : before();
  return edits ? [{ title: "Roll back first", safety: "suggestion", edits }] : [];

  function before() {
    const { semicolon } = styleOf(source.text);
    const isPlain = statement!.kind === "expression" && !isBraceless(source.text, statement!.span);
    return isPlain && functionOf(facts, transaction.function)?.async
      ? [insertBefore(source, statement!.span, code! + semicolon)]
      : undefined;
  }
}

/** `release(error)` in a catch: the connection is closed, and PostgreSQL rolls back. */
function closeInstead(model: Model, transaction: Transaction, { place, call }: Release): Fix[] {
  const facts = model.facts(place.path);
  const around = facts.statements.findLast((each) => each.catch && contains(each.catch, place.span));
  const destroys = Object.values(transaction.driver.types).some(({ members }) =>
    [members?.[call.property ?? ""] ?? []]
      .flat()
      .some(({ effects }) => effects?.some((effect) => effect.does === "releases" && effect.destroys === 0)),
  );
  const error = around?.catchParameter;
  if (
    !destroys ||
    error === undefined ||
    !/^[\w$]+$/.test(error) ||
    call.arguments.length > 0 ||
    call.argumentsSpan.start === call.argumentsSpan.end
  )
    return [];
  const typed = /\.[cm]?tsx?$/.test(place.path) ? `${error} as Error` : error;
  const edit = replace(
    sourceOf(model, place.path),
    span(call.argumentsSpan.start, call.argumentsSpan.end),
    `(${typed})`,
  );
  return [{ title: `Close the connection instead (\`release(${error})\`)`, safety: "suggestion", edits: [edit] }];
}
