import { removeStatement } from "../core/edit.ts";
import type { Model, Statement } from "../core/model.ts";
import type { Finding, Fix, Rule } from "../core/rule.ts";
import type { SqlDeed } from "../sql/index.ts";
import { sourceOf } from "./knowledge/options.ts";
import { around, commandsOf, consequence, rewrite, type SqlUse, severityOf, usesOf } from "./knowledge/session.ts";

type Lock = Extract<SqlDeed, { does: "advisory lock" }>;

export const noSessionLock: Rule = {
  name: "no-session-lock",
  summary: "A session-level advisory lock is taken, or a transaction-level one outside a transaction.",
  why: `\`pg_advisory_lock\` belongs to the session, which in transaction mode is the server connection's. Another client that gets the same
connection holds the lock too, so it excludes nobody; the unlock reaches another connection ("you don't own a lock of type ExclusiveLock");
and the lock stays on the server when the client is long gone, so the next run waits for ever.

Take \`pg_advisory_xact_lock\` inside the transaction that does the work: it ends with it. For work without a transaction use a row of a table, or a
connection that goes past the pooler. \`pg_advisory_xact_lock\` as a statement of its own, outside a transaction, is released at once.

The rule does not see locks inside functions of the database, or lock functions whose name is put together at run time.`,
  group: "session",
  severity: "error",
  fix: "suggestion",
  dependsOn: ["kind", "mode", "serverResetQueryAlways"],
  *check(model) {
    const uses = [...usesOf(model, "advisory lock")];
    const locks = uses.filter(({ deed }) => deed.scope === "session" && (deed.how === "lock" || deed.how === "try"));
    const unlocks = uses.filter(({ deed }) => deed.how === "unlock" || deed.how === "unlock all");
    for (const use of locks) {
      const { statement, deed, fate } = use;
      const leaks =
        "belongs to a server connection that other clients share: it keeps none of them out, and may stay when this client is gone";
      yield {
        place: statement.place,
        severity: severityOf(statement, fate, "error"),
        message: `\`${deed.function}\` ${consequence(statement.profile, fate, leaks)}.`,
        related: [...around(statement), ...released(unlocks, statement)],
        fixes: use.within === "yes" && fate !== "pins" ? fixes(model, use, unlocks) : [],
      };
    }
    for (const use of unlocks) {
      const { statement, deed, fate } = use;
      if (locks.some((lock) => sameFunction(lock.statement, statement))) continue;
      // Pinned from the lock on, it is the same connection.
      if (fate === "pins") continue;
      yield {
        place: statement.place,
        severity: severityOf(statement, fate, "error"),
        message: `\`${deed.function}\` ${consequence(statement.profile, fate, "may reach another server connection than the one that holds the lock, and then releases nothing")}.`,
        related: around(statement),
      };
    }
    for (const { deed, statement, within, fate } of uses) {
      if (deed.scope !== "transaction" || within !== "no" || !standsAlone(statement)) continue;
      yield {
        place: statement.place,
        severity: severityOf(statement, fate === "pins" ? "leaks" : fate, "error"),
        message: `\`${deed.function}\` is in no transaction: the lock is released as soon as this statement ends.`,
        related: around(statement),
      };
    }
  },
};

const released = (unlocks: readonly SqlUse<Lock>[], lock: Statement): Finding["related"] =>
  unlocks
    .filter(({ statement }) => sameFunction(statement, lock) && statement.call !== lock.call)
    .map(({ statement }) => ({
      place: statement.place,
      message: "This may reach another server connection, and release nothing.",
    }));

const sameFunction = (a: Statement, b: Statement): boolean =>
  a.place.path === b.place.path && a.function === b.function;

/** Takes the lock for the transaction; the unlocks of the same function go, which would release nothing. */
function fixes(model: Model, { deed, statement }: SqlUse<Lock>, unlocks: readonly SqlUse<Lock>[]): Fix[] {
  const name = deed.function.replace("advisory_lock", "advisory_xact_lock");
  const renamed = rewrite(model, statement, new RegExp(String.raw`\b${deed.function}\b`, "i"), name);
  if (!renamed) return [];
  const gone = unlocks.filter((unlock) => sameFunction(unlock.statement, statement));
  const removals = gone.map(({ statement: unlock }) => {
    const around = model.statementAt(unlock.place.path, unlock.place.span.start);
    const only =
      around?.kind === "expression" &&
      commandsOf(unlock).every(({ does }) => does === "advisory lock" || does === "other");
    return only ? removeStatement(sourceOf(model, unlock.place.path), around.span) : undefined;
  });
  if (removals.some((edit) => edit === undefined)) return [];
  return [
    {
      title: `Take the lock for the transaction: \`${name}\``,
      safety: "suggestion",
      edits: [...renamed, ...removals.flatMap((edit) => edit ?? [])],
    },
  ];
}

/** In a larger statement (`WITH held AS (…) UPDATE …`) the lock holds until that one ends. */
const standsAlone = ({ text }: Statement): boolean =>
  !/\b(?:from|with|where|union|into|insert|update|delete)\b/i.test(
    text
      .map((piece) => piece ?? "?")
      .join("")
      .replaceAll(/'[^']*'/g, "''"),
  );
