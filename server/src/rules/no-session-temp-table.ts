import type { Model, Statement } from "../core/model.ts";
import type { Fix, Rule } from "../core/rule.ts";
import type { SqlDeed } from "../sql/index.ts";
import { around, consequence, isSingle, rewrite, type SqlUse, severityOf, usesOf } from "./knowledge/session.ts";

type Temporary = Extract<SqlDeed, { does: "create temp" }>;

export const noSessionTempTable: Rule = {
  name: "no-session-temp-table",
  summary: "A temporary table, view or sequence outlives the transaction that makes it.",
  why: `A temporary table lives as long as its session, which in transaction mode is the server connection's. The client that made it may get another
connection for the next statement ("relation does not exist"), another client finds a table with foreign rows in it, and the second CREATE
on that connection fails ("relation already exists").

Make it, use it and lose it in one transaction: \`CREATE TEMP TABLE … ON COMMIT DROP\`. A temporary view or sequence has no such clause: drop it
before COMMIT, or use a CTE.

The rule is silent where the same transaction drops it again. It does not see tables that functions of the database make.`,
  group: "session",
  severity: "error",
  fix: "safe",
  dependsOn: ["kind", "mode", "serverResetQueryAlways"],
  *check(model) {
    for (const use of usesOf(model, "create temp")) {
      const { statement, deed, fate, within } = use;
      if (deed.onCommit === "drop" || isDropped(model, use)) continue;
      const name = deed.name === undefined ? "" : ` ${deed.name}`;
      const leaks =
        within === "yes"
          ? "outlives its transaction: other clients of the server connection find it"
          : "stays on the server connection: other clients find it, and this client's next statement may not";
      yield {
        place: statement.place,
        severity: severityOf(statement, fate, "error"),
        message: `\`CREATE TEMP ${deed.what.toUpperCase()}${name}\` ${consequence(statement.profile, fate, leaks)}.`,
        related: around(statement),
        fixes: within === "yes" && fate !== "pins" ? fixes(model, use) : [],
      };
    }
  },
};

/** Dropped again in the text itself, or by a later statement of the transaction. */
function isDropped(model: Model, { statement, deed, within }: SqlUse<Temporary>): boolean {
  if (deed.name === undefined) return false;
  const drop = new RegExp(
    String.raw`\bdrop\s+(?:table|view|sequence)\s+(?:if\s+exists\s+)?(?:pg_temp\.)?"?${escaped(deed.name)}\b`,
    "i",
  );
  const drops = (each: Statement): boolean => each.text.some((piece) => piece !== undefined && drop.test(piece));
  if (within !== "no" && drops(statement)) return true;
  return (
    within === "yes" &&
    model.statements.some(
      (each) =>
        each.place.path === statement.place.path &&
        each.function === statement.function &&
        each.place.span.start > statement.place.span.start &&
        each.inTransaction === "yes" &&
        drops(each),
    )
  );
}

/** A later statement of the function, after the transaction, still means the table. */
function isUsedLater(model: Model, statement: Statement, name: string): boolean {
  const mention = new RegExp(String.raw`\b${escaped(name)}\b`, "i");
  return model.statements.some(
    (each) =>
      each.place.path === statement.place.path &&
      each.function === statement.function &&
      each.place.span.start > statement.place.span.start &&
      each.transaction?.call !== statement.transaction?.call &&
      each.text.some((piece) => piece !== undefined && mention.test(piece)),
  );
}

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** A column list takes the clause at its end, CREATE … AS before the query. */
function fixes(model: Model, { statement, deed, commands }: SqlUse<Temporary>): Fix[] {
  if (deed.what !== "table" || deed.onCommit !== "preserve" || !isSingle(commands)) return [];
  if (deed.name !== undefined && isUsedLater(model, statement, deed.name)) return [];
  const edits =
    rewrite(
      model,
      statement,
      /\btable\b[^()]*?\S(?<change>\s+)as\s+(?:select|with|values|table)\b/i,
      " ON COMMIT DROP ",
    ) ??
    rewrite(
      model,
      statement,
      /^["'`]\s*create\b(?!.*\b(?:tablespace|on\s+commit)\b).*\)(?<change>)\s*;?\s*["'`]$/is,
      " ON COMMIT DROP",
    );
  return edits ? [{ title: "Drop it with the transaction: `ON COMMIT DROP`", safety: "safe", edits }] : [];
}
