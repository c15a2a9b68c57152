import type { FloatingUse, Model, Transaction } from "../core/model.ts";
import type { Finding, Rule, Severity } from "../core/rule.ts";
import { awaitIt } from "./knowledge/await-it.ts";
import { openedHere, related, samePlace } from "./knowledge/transactions.ts";

export const noFloatingTransaction: Rule = {
  name: "no-floating-transaction",
  summary: "BEGIN, COMMIT, ROLLBACK, a transaction or a statement inside one is started and not awaited.",
  why: `What nobody awaits goes on while the code behind it runs. A statement may then be sent after COMMIT or ROLLBACK: it is no part of the transaction
and is committed on its own, perhaps in somebody else's transaction, because the connection has gone back to its pool. When COMMIT fails, nobody hears of it, and the
rejected promise ends the process. Query builders (Knex, Drizzle, Prisma) send nothing at all before they are awaited.

In Python a coroutine that nobody awaits never runs. What a synchronous library is asked is done when the call returns, in an \`async def\` too.

\`forEach\` does not wait for an \`async\` callback: use \`for … of\`.

A promise that is returned, stored or handed on is somebody else's to await, and \`void\` says that nobody has to. The rule does not see promises that are stored
and forgotten.`,
  group: "transactions",
  severity: "error",
  fix: "both",
  dependsOn: [],
  *check(model) {
    const told: FloatingUse[] = [];
    for (const transaction of model.transactions) {
      if (transaction.context === "test") continue;
      for (const use of transaction.floating) {
        if (isMeant(model, use) || told.some((other) => samePlace(other.place, use.place))) continue;
        told.push(use);
        yield {
          place: use.place,
          ...severityOf(transaction),
          message: message(transaction, use),
          related: [
            ...use.uses.map((place) => ({ place, message: "Uses the transaction." })),
            ...(use.place === transaction.place ? [] : ways(model, use)),
          ],
          fixes: () => awaitIt(model, use),
        };
      }
    }
  },
};

/** `void save()`: nobody has to wait. */
const isMeant = (model: Model, { place }: FloatingUse): boolean =>
  /\bvoid\s*\(?\s*$/.test(model.text(place.path).slice(0, place.span.start));

const severityOf = ({ context }: Transaction): { severity?: Severity } =>
  context === "script" ? { severity: "warning" } : {};

function message({ driver }: Transaction, { does, what, how, lazy }: FloatingUse): string {
  if (how === "forEach")
    return `${what} does not wait for its callbacks: their statements may run after the transaction, outside of it, and no failure rolls it back.`;
  if (lazy === "execute") return `${what} is never sent: a query of ${driver.label} runs when it is executed.`;
  if (driver.language === "python") return `Nobody awaits ${what}: a coroutine that nobody awaits never runs.`;
  if (lazy) return `${what} is never sent: a query of ${driver.label} runs when it is awaited.`;
  switch (does) {
    case "begin":
      return `Nobody awaits ${what}, which begins the transaction: when it fails, the statements after it are committed one by one.`;
    case "commit":
      return `Nobody awaits ${what}, which commits the transaction: the code goes on as if it were committed, and a failure ends the process.`;
    case "rollback":
      return `Nobody awaits ${what}, which rolls the transaction back: the connection may be used again before it is done.`;
    case "transaction":
      return `Nobody awaits ${what}: the code goes on before the transaction is committed, and a failure ends the process.`;
    case "work":
      return `Nobody awaits ${what}, which uses the transaction: its statements may run after the end of it, outside of it, and no failure rolls it back.`;
    case "statement":
      return `Nobody awaits ${what}: it may run after the end of the transaction, outside of it, and its failure rolls nothing back.`;
  }
}

const ways = (model: Model, use: FloatingUse): Finding["related"] =>
  model.transactions.flatMap((transaction) =>
    transaction.floating
      .filter((other) => samePlace(other.place, use.place))
      .flatMap(({ chain }) => [openedHere(transaction), ...related(chain)]),
  );
