import type { Model, Pool } from "../core/model.ts";
import type { Report, Rule } from "../core/rule.ts";
import { optionAt, setOptions } from "./knowledge/options.ts";
import { around, consequence, fateOf, rewrite, severityOf, usesOf } from "./knowledge/session.ts";
import { byMode } from "./knowledge/verdict.ts";

export const noHoldCursor: Rule = {
  name: "no-hold-cursor",
  summary: "A cursor WITH HOLD outlives its transaction on a server connection that others share.",
  why: `A cursor WITH HOLD stays open after COMMIT, on the server connection. FETCH reaches another one ("cursor does not exist"), and other clients can
read from it: proven, a stranger fetches the rows.

Read the cursor inside one transaction, without WITH HOLD, or let the driver read in portions (pg-cursor, pg-query-stream, \`sql.cursor\`): those
keep the server connection until they are closed, and are safe.

Django's \`iterator()\` declares such a cursor outside of \`atomic()\`. \`DISABLE_SERVER_SIDE_CURSORS = True\` in the entry of \`DATABASES\` reads everything at once
instead. psycopg's and psycopg2's named cursors end with their transaction unless they are asked for \`withhold=True\`.

The rule does not see cursors in functions of the database, nor query sets that come from other functions.`,
  group: "session",
  severity: "error",
  fix: "both",
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
    yield* heldByDriver(model);
    for (const pool of model.pools) if (pool.driver.name === "django") yield* ofDjango(model, pool);
  },
};

/** `connection.cursor("orders", withhold=True)`. */
function* heldByDriver(model: Model): Generator<Report> {
  for (const { place, how } of model.cursors) {
    if (how !== "held") continue;
    const near = [...model.pools, ...model.checkouts, ...model.statements];
    const profile = (near.find((one) => one.place.path === place.path) ?? near.find(isPython))?.profile;
    const fate = profile && fateOf(profile);
    if (!profile || !fate) continue;
    const leaks = "stays on the server connection: the next fetch may reach another one, where it does not exist";
    yield {
      place,
      severity: byMode(profile, "error"),
      message: `A cursor with \`withhold=True\` ${consequence(profile, fate, leaks)}.`,
    };
  }
}

const isPython = ({ driver }: Pick<Pool, "driver">): boolean => driver.language === "python";

/** Outside of a transaction Django declares its cursor WITH HOLD; no version or setting of PgBouncer helps. */
function* ofDjango(model: Model, pool: Pool): Generator<Report> {
  const fate = fateOf(pool.profile);
  if (!fate || !pool.options.complete || optionAt(pool, "DISABLE_SERVER_SIDE_CURSORS")) return;
  // Then every view is in a transaction.
  if (optionAt(pool, "ATOMIC_REQUESTS")) return;
  const [first, ...others] = model.cursors.filter(({ how }) => how === "query set");
  const isStated = pool.profile.mode.strength === "stated";
  if (!first && !isStated) return;
  const edits = setOptions(model, pool, [{ path: "DISABLE_SERVER_SIDE_CURSORS", value: "True" }]);
  const settings = { place: pool.place, message: "`DISABLE_SERVER_SIDE_CURSORS` is not set here." };
  yield {
    place: first?.place ?? pool.place,
    severity: first ? byMode(pool.profile, "error") : "hint",
    message: first
      ? `Outside of \`atomic()\` \`iterator()\` ${consequence(pool.profile, fate, "reads a cursor WITH HOLD: the next portion may come from another server connection, where the cursor does not exist")}.`
      : `\`iterator()\` outside of \`atomic()\` fails with this database (${"`cursor does not exist`"}), in Django's own commands as well.`,
    related: [
      ...(first ? [settings] : []),
      ...others.slice(0, 4).map(({ place }) => ({ place, message: "And here." })),
    ],
    fixes: edits ? [{ title: "Set `DISABLE_SERVER_SIDE_CURSORS`", safety: "safe", edits }] : [],
  };
}
