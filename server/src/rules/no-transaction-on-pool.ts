import type { Model, Statement, Transaction } from "../core/model.ts";
import type { Finding, Rule } from "../core/rule.ts";
import { slice } from "../core/text.ts";
import { readSql } from "../sql/index.ts";
import { onOneConnection } from "./knowledge/one-connection.ts";
import { samePlace, textElsewhere } from "./knowledge/transactions.ts";

/** What a statement does to a transaction, as the message calls it. */
const words: Readonly<Record<string, string>> = {
  begin: "BEGIN",
  commit: "COMMIT",
  rollback: "ROLLBACK",
  savepoint: "SAVEPOINT",
  "release savepoint": "RELEASE SAVEPOINT",
  "rollback to": "ROLLBACK TO SAVEPOINT",
};

export const noTransactionOnPool: Rule = {
  name: "no-transaction-on-pool",
  summary: "BEGIN, COMMIT, ROLLBACK or SAVEPOINT is sent through a pool or an ORM's root handle.",
  why: `Each \`query\` of a pool may use another connection. BEGIN then opens a transaction on one, the statements that belong to it run and commit
on others, and ROLLBACK undoes nothing. The first connection stays \`idle in transaction\`: it holds a server connection of the pooler, and
whoever gets it next works inside the forgotten transaction. postgres.js throws \`UNSAFE_TRANSACTION\`, but the BEGIN was sent already.

Use the library's own transaction, or check out one client for all statements.

One text with the whole transaction in it (\`BEGIN; …; COMMIT\`) is fine. The rule does not see statements whose text is put together at run
time.`,
  group: "transactions",
  severity: "error",
  fix: "suggestion",
  dependsOn: [],
  *check(model) {
    const begun = model.transactions.filter(({ on, form }) => on === "pool" && form === "sql");
    const strays = model.statements.filter((statement) => statement.on === "pool" && isStray(statement, begun));
    for (const transaction of begun) {
      const edits = onOneConnection(model, transaction);
      yield {
        place: transaction.place,
        message: `\`BEGIN\` goes through \`${receiver(model, transaction)}\`, and each statement after it may use another connection: it is not in the transaction, and ROLLBACK does not undo it.`,
        related: [...textElsewhere(model, transaction), ...partners(transaction, strays)],
        fixes: edits ? [{ title: "Run it as one transaction on one connection", safety: "suggestion", edits }] : [],
      };
    }
    for (const stray of strays) {
      if (begun.some((transaction) => belongs(transaction, stray))) continue;
      // What belongs to a BEGIN is told there.
      const isBegin = control(stray) === "BEGIN";
      if (!isBegin && strays.some((other) => other.place.path === stray.place.path && control(other) === "BEGIN"))
        continue;
      yield {
        place: stray.place,
        message: `\`${control(stray)}\` goes through \`${receiver(model, stray)}\` and may use another connection than the transaction that it is meant for.`,
      };
    }
  },
};

/** A transaction statement that is not itself one of the BEGINs, and not part of one complete text. */
function isStray(statement: Statement, begun: readonly Transaction[]): boolean {
  return control(statement) !== undefined && !begun.some(({ place }) => samePlace(place, statement.place));
}

/** Spares the parser the statements that have none of the words. */
const mayControl = /\b(?:begin|start|commit|end|rollback|abort|savepoint|release)\b/i;

/** By statement: one is the same as long as nothing about it changes, and all are looked at with every key. */
const controls = new WeakMap<Statement, string | false>();

/** The one thing that a statement does to a transaction. */
function control(statement: Statement): string | undefined {
  let known = controls.get(statement);
  if (known === undefined) {
    const [only, other] = mayControl.test(statement.text.join(" ")) ? readSql(statement.text) : [];
    known = (only && !other && words[only.does]) || false;
    controls.set(statement, known);
  }
  return known || undefined;
}

const belongs = (transaction: Transaction, stray: Statement): boolean =>
  transaction.ends.some(({ place }) => samePlace(place, stray.place)) || transaction.place.path === stray.place.path;

const partners = (transaction: Transaction, strays: readonly Statement[]): Finding["related"] =>
  strays
    .filter((stray) => belongs(transaction, stray))
    .map((stray) => ({ place: stray.place, message: `\`${control(stray)}\` may reach another connection.` }));

const receiver = (model: Model, { call, place }: Pick<Statement, "call" | "place">): string =>
  slice(model.text(place.path), call.calleeSpan).replace(/\s+/g, "");
