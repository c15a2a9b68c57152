import type { Model, Pool } from "../core/model.ts";
import type { Report, Rule } from "../core/rule.ts";
import type { SqlDeed } from "../sql/index.ts";
import { around, consequence, type SqlUse, sentUnasked, severityOf, usesOf } from "./knowledge/session.ts";
import { because } from "./knowledge/verdict.ts";

type Deed = Extract<SqlDeed, { does: "session function" | "load" | "reset" | "discard" }>;

export const noSessionFunction: Rule = {
  name: "no-session-function",
  summary:
    "A statement asks or changes a session that other clients share: `currval`, `lastval`, LOAD, RESET ALL, DISCARD.",
  why: `\`currval\` and \`lastval\` answer for the session that called \`nextval\`. In transaction mode the next statement may run in another one: it fails
("currval of sequence is not yet defined in this session"), or answers with another client's number. Use \`INSERT … RETURNING id\`, or ask in the
same transaction.

LOAD loads a library into one server connection, for whoever uses it next. RESET ALL and DISCARD wipe what other clients rely on there:
settings that the pooler's \`connect_query\` made, and, without \`max_prepared_statements\`, their prepared statements. Leave cleaning up to the
pooler.

The rule is silent where \`currval\` may well be in a transaction, and about RESET of a single parameter. It does not see functions of the
database that call these.`,
  group: "session",
  severity: "error",
  fix: "suggestion",
  dependsOn: ["kind", "mode", "serverResetQueryAlways"],
  *check(model) {
    for (const use of usesOf(model, "session function", "load", "reset", "discard")) {
      const { statement, deed, fate } = use;
      if (deed.does === "session function" ? !isAlone(use) : deed.does === "reset" && deed.name !== "all") continue;
      // NEXTVAL, LOAD and the like pin already.
      if (fate === "pins" && deed.does !== "load") continue;
      const severity = deed.does === "session function" ? "error" : "warning";
      yield {
        place: statement.place,
        severity: severityOf(statement, fate, severity),
        message: `\`${spelt(deed)}\` ${deed.does === "load" ? consequence(statement.profile, fate, words(deed)) : `${words(deed)} ${because(statement.profile)}`}.`,
        related: around(statement),
      };
    }
    for (const pool of model.pools) yield* cleaning(model, pool);
  },
};

/** Surely in no transaction with the statement that called `nextval`, and not part of it. */
function isAlone({ within, statement }: SqlUse<Deed>): boolean {
  if (within !== "no") return false;
  const text = statement.text.join(" ");
  return !/\bnextval\b|\breturning\b/i.test(text);
}

/** Slonik sends DISCARD ALL whenever a connection is given back. */
function* cleaning(model: Model, pool: Pool): Generator<Report> {
  if (pool.profile.preparedStatements?.value !== false) return;
  const takes = "it reaches any server connection, and takes away what other clients prepared there";
  yield* sentUnasked(model, pool, "release", `whenever it gives a connection back: ${takes}`);
}

function words(deed: Deed): string {
  switch (deed.does) {
    case "session function":
      return "may run on another server connection than `nextval` did: it fails, or answers for another client";
    case "load":
      return "loads into one server connection, which other clients use next and this one may not";
    case "reset":
      return "wipes the settings of a server connection that other clients share";
    case "discard":
      return "wipes the session of a server connection that other clients share";
  }
}

function spelt(deed: Deed): string {
  switch (deed.does) {
    case "session function":
      return `${deed.function}()`;
    case "load":
      return "LOAD";
    case "reset":
      return "RESET ALL";
    case "discard":
      return `DISCARD ${deed.what.toUpperCase()}`;
  }
}
