import type { Finding, Rule } from "../core/rule.ts";
import type { SqlDeed } from "../sql/index.ts";
import { around, consequence, type SqlUse, severityOf, usesOf } from "./knowledge/session.ts";

type Prepared = Extract<SqlDeed, { does: "prepare" | "execute" | "deallocate" }>;

export const noSqlPrepare: Rule = {
  name: "no-sql-prepare",
  summary: "PREPARE, EXECUTE or DEALLOCATE as SQL: the statement lives on one server connection.",
  why: `A statement that SQL's PREPARE makes stays on the server connection. EXECUTE reaches another one ("prepared statement does not exist"), the next
PREPARE by anybody meets the old one ("prepared statement already exists"). \`max_prepared_statements\` does not help: PgBouncer follows the
statements of the protocol, not those of SQL. \`DEALLOCATE ALL\` takes away what other clients prepared.

Send the statement with parameters (\`query(text, values)\`) and let the driver do the rest.

PREPARE, EXECUTE and DEALLOCATE in one text are fine. The rule does not see PREPARE inside functions of the database.`,
  group: "session",
  severity: "error",
  fix: "none",
  dependsOn: ["kind", "mode"],
  *check(model) {
    const uses = [...usesOf(model, "prepare", "execute", "deallocate")].filter((use) => !isWhole(use));
    const prepared = uses.filter(({ deed }) => deed.does === "prepare");
    for (const use of uses) {
      const { statement, deed, fate } = use;
      // What belongs to a PREPARE of the same file is told there.
      if (deed.does !== "prepare" && prepared.some((one) => belongs(use, one))) continue;
      yield {
        place: statement.place,
        severity: severityOf(statement, fate, "error"),
        message: `\`${spelt(deed)}\` ${consequence(statement.profile, fate, leaks(deed))}.`,
        related: [...around(statement), ...(deed.does === "prepare" ? partners(use, uses) : [])],
      };
    }
  },
};

/** Made and taken away by one text, which one server connection runs. */
function isWhole({ commands, deed, statement }: SqlUse<Prepared>): boolean {
  // A statement behind an unknown piece is not read.
  const ends =
    commands.some((each) => each.does === "deallocate" && (each.all || each.name === nameOf(deed))) ||
    statement.text.some((piece) => piece !== undefined && /(?:^|[\s;])deallocate\s+\w+\s*(?:;|$)/i.test(piece));
  return ends && commands.some((each) => each.does === "prepare" && each.name === nameOf(deed));
}

const nameOf = (deed: Prepared): string | undefined => deed.name;

const belongs = (use: SqlUse<Prepared>, prepare: SqlUse<Prepared>): boolean =>
  use.statement.place.path === prepare.statement.place.path &&
  (use.deed.name === undefined || use.deed.name === prepare.deed.name);

const partners = (prepare: SqlUse<Prepared>, uses: readonly SqlUse<Prepared>[]): Finding["related"] =>
  uses
    .filter((use) => use.deed.does !== "prepare" && belongs(use, prepare))
    .map(({ statement }) => ({ place: statement.place, message: "This may reach another server connection." }));

function leaks(deed: Prepared): string {
  if (deed.does === "prepare")
    return "stays on one server connection: EXECUTE may reach another one, and the next PREPARE there fails";
  if (deed.does === "execute") return "may reach a server connection on which nobody prepared it";
  return deed.all
    ? "takes away what other clients prepared on the server connection"
    : "may reach a server connection on which nobody prepared it";
}

function spelt(deed: Prepared): string {
  const word = deed.does.toUpperCase();
  return deed.does === "deallocate" && deed.all
    ? "DEALLOCATE ALL"
    : `${word}${deed.name === undefined ? "" : ` ${deed.name}`}`;
}
