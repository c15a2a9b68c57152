import type { ConcurrentUse, Model } from "../core/model.ts";
import type { Finding, Rule } from "../core/rule.ts";
import { slice } from "../core/text.ts";
import { oneAfterAnother } from "./knowledge/one-after-another.ts";
import { openedHere, related, samePlace } from "./knowledge/transactions.ts";

export const noConcurrentQueryInTransaction: Rule = {
  name: "no-concurrent-query-in-transaction",
  summary: "Several statements are started at once on a transaction's one connection, with `Promise.all` or the like.",
  why: `A transaction has one connection, and a connection runs one statement at a time: nothing is won by starting several. When one fails,
PostgreSQL refuses the others with 25P02, and \`Promise.all\` has already gone on to the ROLLBACK while they are still on their way: a function that
sends its next statement then sends it after the ROLLBACK, where it is committed on its own. \`Promise.allSettled\` hides the failure, and the COMMIT
that follows rolls back without an error. node-postgres warns of it and will refuse it in its next major version.

Await one after another, or send one statement for all rows.

What a library does on purpose is fine: statements that postgres.js pipelines, \`t.batch\` of pg-promise. Prisma itself sends one after another, so there it
is a hint. The rule does not see promises that are kept in other ways than an array.`,
  group: "transactions",
  severity: "warning",
  fix: "suggestion",
  dependsOn: [],
  *check(model) {
    const told: ConcurrentUse[] = [];
    for (const transaction of model.transactions) {
      if (transaction.context === "test") continue;
      for (const use of transaction.concurrent) {
        const { concurrency } = use.driver;
        if (concurrency === "pipelines" && use.single) continue;
        if (told.some((other) => samePlace(other.place, use.place))) continue;
        told.push(use);
        yield {
          place: use.place,
          ...(concurrency === "queues" ? { severity: "hint" } : {}),
          message:
            concurrency === "queues"
              ? `${use.what} wins nothing in a transaction: ${use.driver.label} sends its statements one after another, on one connection.`
              : `${use.what} starts several statements at once on the transaction's one connection: ${consequence(model, use)}`,
          related: [
            ...use.uses.map((place) => ({ place, message: "Runs on the transaction's connection." })),
            ...ways(model, use),
          ],
          fixes: () => {
            const edits = oneAfterAnother(model, use);
            return edits ? [{ title: "Await one after another", safety: "suggestion", edits }] : [];
          },
        };
      }
    }
  },
};

function consequence(model: Model, { place, call, single }: ConcurrentUse): string {
  const callee = slice(model.text(place.path), call.calleeSpan);
  if (/allSettled$/.test(callee))
    return "when one fails, PostgreSQL refuses the others, and COMMIT rolls back without an error.";
  return single
    ? "they run one after another all the same, and when one fails, PostgreSQL refuses the others, whose failures nobody sees."
    : "when one fails, the others are still on their way, and what they write after ROLLBACK stays.";
}

const ways = (model: Model, use: ConcurrentUse): Finding["related"] =>
  model.transactions.flatMap((transaction) =>
    transaction.concurrent
      .filter((other) => samePlace(other.place, use.place))
      .flatMap(({ chain }) => [openedHere(transaction), ...related(chain)]),
  );
