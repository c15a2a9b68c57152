import type { Model, Transaction } from "../core/model.ts";
import type { Fix, Rule } from "../core/rule.ts";
import { callbackForm } from "./knowledge/callback-form.ts";
import { closeOnEveryPath } from "./knowledge/close-transaction.ts";
import { opening, related, textElsewhere, wayOut } from "./knowledge/transactions.ts";
import { poolerName } from "./knowledge/verdict.ts";

export const noLeakedTransaction: Rule = {
  name: "no-leaked-transaction",
  summary: "A path leads from BEGIN out of the function without COMMIT or ROLLBACK.",
  why: `A transaction that nobody ends keeps its server connection \`idle in transaction\`: the pooler cannot give it to anyone else, the locks
stay, and with a few of them every other client gets \`query_wait_timeout\`. An exception between BEGIN and COMMIT is enough, or a \`return\`
in the middle.

Put the statements into try/catch, ROLLBACK in the catch, release in the finally. Better still, use the callback form of the library,
which does all that. Releasing alone is not enough: the next caller then works inside your transaction.

A throw by BEGIN itself or by ROLLBACK is no leak. The rule is silent once the handle goes to code that it cannot see.`,
  group: "transactions",
  severity: "error",
  fix: "suggestion",
  dependsOn: [],
  *check(model) {
    for (const transaction of model.transactions) {
      const leak = transaction.leaks[0];
      if (!leak) continue;
      // BEGIN on a pool is the fault of no-transaction-on-pool, however it ends. A failing test ends its process.
      if (transaction.on === "pool" || transaction.context === "test") continue;
      const what = opening(model, transaction);
      yield {
        place: transaction.place,
        ...(transaction.context === "script" ? { severity: "warning" as const } : {}),
        message: `${what} has no COMMIT or ROLLBACK on one path${wayOut(leak.steps)}: the connection stays \`idle in transaction\`, and ${poolerName(transaction.profile)} can give its server to nobody else.`,
        related: [...textElsewhere(model, transaction), ...related(leak.steps)],
        fixes: () => fixes(model, transaction),
      };
    }
  },
};

function fixes(model: Model, transaction: Transaction): Fix[] {
  // A callback that returns nothing: what it should return, its author knows.
  if (transaction.form === "callback") return [];
  const callback = callbackForm(model, transaction);
  const closing = closeOnEveryPath(model, transaction);
  return [
    ...(callback
      ? [
          {
            title: `Use the callback form of ${transaction.driver.label}`,
            safety: "suggestion" as const,
            edits: callback,
          },
        ]
      : []),
    ...(closing
      ? [{ title: "Roll back when it fails (try/catch/finally)", safety: "suggestion" as const, edits: closing }]
      : []),
  ];
}
