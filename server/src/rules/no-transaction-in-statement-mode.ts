import type { CallInstruction } from "../core/facts.ts";
import type { ImplicitTransaction, Model, Pool } from "../core/model.ts";
import type { Rule } from "../core/rule.ts";
import { type Place, slice } from "../core/text.ts";
import { isAtLeast } from "../core/version.ts";
import { engineOption, isEngine } from "./knowledge/engines.ts";
import { optionAt } from "./knowledge/options.ts";
import { commandsOf } from "./knowledge/session.ts";
import { samePlace } from "./knowledge/transactions.ts";

export const noTransactionInStatementMode: Rule = {
  name: "no-transaction-in-statement-mode",
  summary: "A transaction is sent to a pooler in statement mode, which refuses it.",
  why: `In statement mode PgBouncer gives the server connection back after each statement, and answers BEGIN with "transaction blocks not allowed in
statement pooling mode" and a closed connection. Libraries that wrap a call in a transaction of their own fail in the same way:
TypeORM's \`save\`, MikroORM's \`flush\`, Sequelize's \`findOrCreate\`, Prisma's \`upsert\` and \`$transaction([…])\`.

SQLAlchemy opens a transaction with the first statement; from 2.0 on also when it first connects, even with \`isolation_level="AUTOCOMMIT"\`, unless a
\`connect\` event (\`insert=True\`) sets \`dbapi_connection.autocommit = True\` before.

Use \`pool_mode=transaction\`, or an entry of its own in \`[databases]\` for this application.

The rule is silent where statement mode is not known.`,
  group: "transactions",
  severity: "error",
  fix: "none",
  dependsOn: ["mode"],
  *check(model) {
    const told: Place[] = [];
    for (const { place, call, profile } of model.transactions) {
      if (profile.mode.value !== "statement") continue;
      told.push(place);
      yield { place, message: refused(called(model, place, call), "begins a transaction", profile.mode.words) };
    }
    for (const statement of model.statements) {
      const { place, call, profile } = statement;
      if (profile.mode.value !== "statement" || told.some((each) => samePlace(each, place))) continue;
      if (!commandsOf(statement).some(({ does }) => does === "begin")) continue;
      yield { place, message: refused(called(model, place, call), "begins a transaction", profile.mode.words) };
    }
    for (const implicit of model.implicitTransactions) {
      const { place, call, profile } = implicit;
      if (profile.mode.value !== "statement" || isSwitchedOff(model, implicit)) continue;
      yield {
        place,
        message: refused(called(model, place, call), "runs in a transaction of its own", profile.mode.words),
      };
    }
    for (const pool of model.pools) {
      if (!isEngine(pool) || pool.profile.mode.value !== "statement" || !startsInTransaction(model, pool)) continue;
      yield {
        place: pool.place,
        message: refused(
          called(model, pool.place, pool.call),
          "looks at the server in a transaction when it first connects",
          pool.profile.mode.words,
        ),
      };
    }
  },
};

/** SQLAlchemy 2 with AUTOCOMMIT, unless a `connect` event in the same file switches it on first. */
function startsInTransaction(model: Model, pool: Pool): boolean {
  if (!isAtLeast(model.packageVersion(pool.place.path, "sqlalchemy"), [2, 0])) return false;
  const level = engineOption(pool, "isolation_level")?.value;
  if (level?.kind !== "constant" || level.value !== "AUTOCOMMIT") return false;
  return !/["']connect["'][\s\S]*\.autocommit\s*=\s*True/.test(model.text(pool.place.path));
}

const refused = (what: string, does: string, words: string): string =>
  `${what} ${does}: the pooler refuses it and closes the connection (${words}).`;

const called = (model: Model, { path }: Place, { calleeSpan, style }: CallInstruction): string => {
  const callee = slice(model.text(path), calleeSpan).replace(/\s+/g, "");
  return `\`${style === "tag" ? callee : `${callee}()`}\``;
};

/** `save(order, { transaction: false })`, MikroORM's `implicitTransactions: false`. */
function isSwitchedOff(model: Model, { place, call, pool }: ImplicitTransaction): boolean {
  const off = pool && optionAt(pool, "implicitTransactions")?.value;
  if (off?.kind === "constant" && off.value === false) return true;
  return /\btransaction\s*:\s*false\b/.test(slice(model.text(place.path), call.argumentsSpan));
}
