import type { Rule } from "../core/rule.ts";
import { around, consequence, rewrite, severityOf, usesOf } from "./knowledge/session.ts";

export const noHoldCursor: Rule = {
  name: "no-hold-cursor",
  summary: "A cursor WITH HOLD outlives its transaction on a server connection that others share.",
  why: `A cursor WITH HOLD stays open after COMMIT, on the server connection. FETCH reaches another one ("cursor does not exist"), and other clients can
read from it: proven, a stranger fetches the rows.

Read the cursor inside one transaction, without WITH HOLD, or let the driver read in portions (pg-cursor, pg-query-stream, \`sql.cursor\`): those
keep the server connection until they are closed, and are safe.

The rule does not see cursors in functions of the database.`,
  group: "session",
  severity: "error",
  fix: "suggestion",
  dependsOn: ["kind", "mode", "serverResetQueryAlways"],
  *check(model) {
    for (const { statement, deed, fate, within } of usesOf(model, "declare cursor")) {
      if (!deed.hold) continue;
      const leaks = "stays on the server connection: FETCH may reach another one, and other clients can read its rows";
      // Inside a transaction that reads it to the end, the plain cursor does the same.
      const edits = within === "yes" ? rewrite(model, statement, /\bwith\s+hold\s+/i, "") : undefined;
      yield {
        place: statement.place,
        severity: severityOf(statement, fate, "error"),
        message: `\`DECLARE ${deed.name ?? "…"} CURSOR WITH HOLD\` ${consequence(statement.profile, fate, leaks)}.`,
        related: around(statement),
        fixes: edits ? [{ title: "Close it with the transaction", safety: "suggestion", edits }] : [],
      };
    }
  },
};
