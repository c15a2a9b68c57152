import type { Transaction } from "../core/model.ts";
import type { Writable } from "./merge-transactions.ts";

type Leaks = Writable<Transaction>["leaks"];

/** Leaks beyond those that the walk through a transaction's own function found: they hang on other code, and are found anew for each snapshot. */
export class FurtherLeaks {
  /** What the walks found of the transactions that more was told of. */
  private readonly own = new Map<Transaction, Leaks>();

  add(transaction: Transaction, leak: Leaks[number]): void {
    const { leaks } = transaction;
    if (!this.own.has(transaction)) this.own.set(transaction, leaks as Leaks);
    (transaction as Writable<Transaction>).leaks = [...leaks, leak];
  }

  /** The transactions are again as the walks told them. */
  takeBack(): void {
    for (const [transaction, leaks] of this.own) (transaction as Writable<Transaction>).leaks = leaks;
    this.own.clear();
  }
}
