import type { Transaction } from "../core/model.ts";
import { written } from "./aliases.ts";
import { handleOf } from "./begin-sites.ts";
import { unresolved } from "./calls.ts";
import type { FurtherLeaks } from "./further-leaks.ts";
import { type FileNode, type FunctionNode, nodeOf } from "./program.ts";
import { definition } from "./text.ts";

/**
 * Some libraries wait for the promise that a transaction's callback returns, and where it returns none, for `trx.commit()`. A callback that does neither
 * leaves the transaction open.
 */
export function leaksOfUnreturned(
  files: ReadonlyMap<string, FileNode>,
  transactions: readonly Transaction[],
  leaks: FurtherLeaks,
): void {
  for (const transaction of transactions) {
    if (transaction.form !== "callback") continue;
    const each = nodeOf(files.get(transaction.place.path), transaction.function);
    const { driver } = each?.calls.get(transaction.call) ?? unresolved;
    if (driver.length === 0) continue;
    const calls = driver.filter(({ effects }) =>
      effects.some((effect) => effect.does === "runs in transaction" && effect.unlessReturned !== undefined),
    );
    const callbacks = new Set(calls.flatMap((one) => one.callbacks));
    const [callback] = callbacks;
    if (callback === undefined || callbacks.size > 1 || !returnsNothing(callback) || mayEnd(callback)) continue;
    const { path } = callback.file;
    const place = { path, span: callback.facts.nameSpan ?? callback.facts.span };
    leaks.add(transaction, { steps: [{ place, words: "this callback returns no promise and does not commit" }] });
  }
}

const returnsNothing = ({ facts }: FunctionNode): boolean =>
  !facts.async &&
  !facts.generator &&
  facts.blocks.every(({ end }) => end.kind !== "return" || end.value === undefined) &&
  facts.blocks.some(({ end }) => end.kind === "return");

/** Whether the handle is asked for how it ends, or goes to code that may end it. */
function mayEnd(callback: FunctionNode): boolean {
  const [parameter] = callback.facts.parameters;
  if (parameter === undefined || handleOf(callback, parameter.variable) === undefined) return true;
  return [callback, ...written(callback)].some((each) => {
    const isIt = (register: number): boolean => {
      const source = definition(each, register);
      return source?.op === "load" && source.variable === parameter.variable;
    };
    return each.facts.blocks.some(({ instructions }) =>
      instructions.some((one) => {
        switch (one.op) {
          case "get":
            return isIt(one.object) && /^(?:commit|rollback|savepoint|transaction)$/.test(one.property);
          case "call": {
            if (!one.arguments.some(({ value }) => isIt(value))) return false;
            // `.transacting(trx)` is the library's own.
            return (each.calls.get(one) ?? unresolved).driver.length === 0;
          }
          case "store":
          case "set":
          case "setIndex":
            return isIt(one.value);
          case "object":
            return one.entries.some(({ value }) => isIt(value));
          case "array":
            return one.elements.some(({ value }) => isIt(value));
          default:
            return false;
        }
      }),
    );
  });
}
