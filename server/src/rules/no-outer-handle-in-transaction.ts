import type { Model, OuterUse, Transaction } from "../core/model.ts";
import type { Finding, Rule } from "../core/rule.ts";
import { slice } from "../core/text.ts";
import { intoTransaction } from "./knowledge/into-transaction.ts";
import { openedHere, related, samePlace } from "./knowledge/transactions.ts";

export const noOuterHandleInTransaction: Rule = {
  name: "no-outer-handle-in-transaction",
  summary:
    "Code inside a transaction uses the pool, an ORM's root handle or another client instead of the transaction's own handle.",
  why: `A statement that goes through the pool while a transaction is open runs on a second connection. It does not see what the transaction
has written, it is not rolled back with it, and it may wait for a lock that the transaction itself holds. Each such transaction needs two connections at the
same time: when all of a pool are taken by transactions that wait for their second one, none of them ever goes on. node-postgres, TypeORM,
Drizzle, Kysely, pg-promise, postgres.js, slonik and MikroORM then hang for good; others fail after their acquire timeout. Behind PgBouncer the same happens
with \`default_pool_size\`, and ends with \`query_wait_timeout\`.

Use the handle that the library gives to the transaction (\`client\`, \`tx\`, \`trx\`, \`manager\`, \`{ transaction: t }\`), and hand it on to the functions that
are called.

Transactions that the library finds by itself (Sequelize with \`useCLS\`, typeorm-transactional, MikroORM's \`transactional\`) are safe, and so are functions that
look for the transaction themselves. A pool of another database is left alone, and so is what a handler of errors writes. The rule does not see handles whose origin is not in
sight, or which of several implementations a call reaches.`,
  group: "transactions",
  severity: "error",
  fix: "both",
  dependsOn: [],
  *check(model) {
    const lends = snapshotsLent(model);
    const told: OuterUse[] = [];
    for (const transaction of model.transactions) {
      // A test looks from outside on purpose.
      if (transaction.context === "test" || lends.has(transaction)) continue;
      for (const use of transaction.outer) {
        if (told.some((other) => samePlace(other.place, use.place))) continue;
        told.push(use);
        const place = use.place;
        yield {
          place,
          // A script has the pool for itself: it only hangs where the pool has one connection.
          // What a statement opened by itself nobody meant to hold the other's work.
          ...(transaction.context === "script" || transaction.form === "implicit" ? { severity: "warning" } : {}),
          message: `${words(model, use)} ${consequence(transaction, use)}`,
          related: ways(model, use, lends),
          fixes: () => intoTransaction(model, transaction, use),
        };
      }
    }
  },
};

/** The call as it is written; of a chain of calls, how it begins: `db.insert(…)`. */
function words(model: Model, { what, handle, place, call }: OuterUse): string {
  if (!what.startsWith("`…")) return what;
  const callee = slice(model.text(place.path), call.calleeSpan).replace(/\s+/g, "");
  if (handle === undefined) return callee.length > 50 ? what : `\`${callee}()\``;
  const root = slice(model.text(place.path), handle.span).replace(/\s+/g, "");
  return handle.member === undefined ? `\`${root}(…)\`` : `\`${root}.${handle.member}(…)\``;
}

function consequence({ driver }: Transaction, { does, through }: OuterUse): string {
  if (does === "transaction")
    return "opens a second transaction on a second connection while the first is open: once every connection holds a first one, all of them wait in vain.";
  if (does === "checkout")
    return "takes a second connection while the open transaction holds one: once every connection is held this way, all of them wait in vain.";
  if (through === "model" && driver.name === "sequelize")
    return "has no `transaction` option, so it runs on a second connection: it is not rolled back with the open transaction, and waits in vain once every connection holds one.";
  return through === "session"
    ? "runs on another connection than the open transaction: it is not rolled back with it, and may wait for locks that the transaction holds."
    : "runs on a second connection, outside the open transaction: it is not rolled back with it, and waits in vain once every connection holds one.";
}

/** Transactions that are open for the sake of others, which import their snapshot. */
const snapshotsLent = (model: Model): ReadonlySet<Transaction> =>
  new Set(
    model.statements.flatMap(({ text, transaction }) =>
      transaction !== undefined && text.some((piece) => piece?.includes("pg_export_snapshot")) ? [transaction] : [],
    ),
  );

/** Every way from a BEGIN to this use. */
const ways = (model: Model, use: OuterUse, lends: ReadonlySet<Transaction>): Finding["related"] =>
  model.transactions.flatMap((transaction) =>
    transaction.context === "test" || lends.has(transaction)
      ? []
      : transaction.outer
          .filter((other) => samePlace(other.place, use.place))
          .flatMap(({ chain }) => [openedHere(transaction), ...related(chain)]),
  );
