import { insert, styleOf } from "../core/edit.ts";
import type { Model, Pool, Transaction } from "../core/model.ts";
import type { Fix, Rule } from "../core/rule.ts";
import { slice } from "../core/text.ts";
import { engineOption, isEngine } from "./knowledge/engines.ts";
import { optionAt, sourceOf } from "./knowledge/options.ts";
import { opening } from "./knowledge/transactions.ts";

export const noAutocommitTransaction: Rule = {
  name: "no-autocommit-transaction",
  summary: "A transaction is begun on an engine that commits every statement by itself.",
  why: `With \`isolation_level="AUTOCOMMIT"\` on the engine, every statement is committed when it is done. \`begin()\` on it still works, and does nothing:
what it seems to hold together is committed piece by piece, and a rollback takes nothing back.

AUTOCOMMIT suits reads, and holds no server connection of the pooler between statements. For work that belongs together use a second engine
on the same pool: \`engine.execution_options(isolation_level="READ COMMITTED")\`.

The rule does not see an isolation level that is set for one connection.`,
  group: "python",
  severity: "hint",
  fix: "suggestion",
  dependsOn: [],
  *check(model) {
    for (const transaction of model.transactions) {
      const { pool, form, context } = transaction;
      if (!pool || form === "implicit" || context === "test") continue;
      const engine = pool.inner ?? pool;
      const level = isEngine(engine) ? autocommit(engine) : undefined;
      if (!level || isOverridden(model, transaction.place.path)) continue;
      yield {
        place: transaction.place,
        message: `${opening(model, transaction)} holds nothing together: its engine commits every statement by itself.`,
        related: [{ place: level.place, message: "AUTOCOMMIT is set here." }],
        fixes: fixes(model, transaction, engine),
      };
    }
  },
};

/** `engine.begin()` asks the engine itself, which may hand out another level for this one transaction. */
function fixes(model: Model, { place, call }: Transaction, { name }: Pool): Fix[] {
  const source = sourceOf(model, place.path);
  if (name === undefined || slice(source.text, call.calleeSpan) !== `${name}.begin`) return [];
  const { quote } = styleOf(source.text);
  const asked = `.execution_options(isolation_level=${quote}READ COMMITTED${quote})`;
  const edits = [insert(source, call.calleeSpan.start + name.length, asked)];
  return [{ title: "Begin it with `READ COMMITTED`", safety: "suggestion", edits }];
}

const autocommit = (pool: Pool) => {
  const level =
    engineOption(pool, "isolation_level") ??
    optionAt(pool, "execution_options.isolation_level") ??
    engineOption(pool, "execution_options.isolation_level");
  return level?.value.kind === "constant" && level.value.value === "AUTOCOMMIT" ? level : undefined;
};

/** Another level is asked for somewhere in the file: who has which is not followed. */
const isOverridden = (model: Model, path: string): boolean =>
  /isolation_level\s*["']?\s*[=:]\s*["'](?!AUTOCOMMIT)/.test(model.text(path));
