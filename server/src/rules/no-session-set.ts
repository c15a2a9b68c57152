import type { Model, Option, Pool, Statement } from "../core/model.ts";
import type { Profile } from "../core/profile.ts";
import type { Fix, Report, Rule } from "../core/rule.ts";
import type { SqlDeed } from "../sql/index.ts";
import { isEngineDriver } from "./knowledge/engines.ts";
import {
  andMore,
  around,
  byCall,
  consequence,
  fateOf,
  rewrite,
  type SqlUse,
  sentUnasked,
  severityOf,
  usesOf,
} from "./knowledge/session.ts";
import { sessionCharacteristics } from "./knowledge/set-session.ts";
import { isTracked, isUntrackable } from "./knowledge/tracked.ts";
import { byMode } from "./knowledge/verdict.ts";

type Setting = Extract<SqlDeed, { does: "set" | "set_config" | "set role" | "set session authorization" }>;

/** Parameters that speak of the running transaction, whatever SET says. */
const ofTransaction = new Set(["transaction_isolation", "transaction_read_only", "transaction_deferrable"]);

/** Variables of MySQL, SQL Server and SQLite: PostgreSQL knows none of these, what sets them speaks to something else. */
const ofOthers = new Set(
  `foreign_key_checks unique_checks sql_mode autocommit sql_log_bin sql_safe_updates sql_notes sql_big_selects sql_select_limit
  group_concat_max_len innodb_lock_wait_timeout lock_wait_timeout wait_timeout interactive_timeout net_read_timeout net_write_timeout
  max_execution_time max_allowed_packet time_zone tx_isolation storage_engine default_storage_engine character_set_client
  character_set_results character_set_connection collation_connection identity_insert nocount xact_abort ansi_nulls ansi_warnings
  ansi_padding quoted_identifier arithabort deadlock_priority foreign_keys`.split(/\s+/),
);

export const noSessionSet: Rule = {
  name: "no-session-set",
  summary:
    "SET, SET ROLE or `set_config(…, false)` changes a session that other clients share, or SET LOCAL stands outside a transaction.",
  why: `In transaction mode a session belongs to the server connection, not to the client. A setting stays there: whoever gets the connection next
reads another tenant's \`search_path\`, runs under another role, or is stopped by a timeout that it never asked for. The client that sent it may
get another connection for its next statement and misses the setting. Holding a client (\`pool.connect()\`, \`sql.reserve()\`) changes nothing: only
a transaction keeps a server connection.

Use \`SET LOCAL\` or \`set_config(…, true)\` inside the transaction that needs it, \`ALTER ROLE … SET\` for what always holds, or names with their
schema. Outside a transaction both have no effect at all.

PgBouncer tracks \`application_name\`, \`client_encoding\`, \`DateStyle\`, \`TimeZone\`, \`standard_conforming_strings\` and what \`track_extra_parameters\`
names; those are fine. RDS Proxy pins the client to its connection instead, PgDog keeps SET for each client.

The rule does not see statements whose text is put together at run time, settings inside functions of the database, or that a setting is
always undone.`,
  group: "session",
  severity: "error",
  fix: "both",
  dependsOn: ["kind", "mode", "version", "trackExtraParameters", "serverResetQueryAlways"],
  *check(model) {
    for (const uses of byCall(usesOf(model, "set", "set_config", "set role", "set session authorization"))) {
      const [{ statement }] = uses;
      const kept = uses.filter(({ deed }) => isOfSession(deed) && !isHarmless(deed, statement.profile));
      const gone = uses.filter((use) => isLocal(use.deed) && use.within === "no" && standsAlone(use));
      const [first] = kept;
      if (isRolledBack(statement)) continue;
      // PgDog replays what a client has set.
      if (first && statement.profile.kind.value !== "pgdog") yield leaking(model, first, kept);
      else if (gone[0]) yield useless(gone[0], gone.length);
    }
    for (const pool of model.pools) yield* configured(model, pool);
    for (const { place, profile, names } of sessionCharacteristics(model)) {
      const fate = fateOf(profile);
      if (!fate) continue;
      const leaks = "makes it a setting of the server connection, which its next client has too";
      yield {
        place,
        severity: byMode(profile, "error"),
        message: `\`${names.join("`, `")}\` together with \`autocommit=True\` ${consequence(profile, fate, leaks)}.`,
      };
    }
  },
};

/** SQLAlchemy opens the transaction by itself and rolls back what is not committed, the setting with it. */
const isRolledBack = ({ transaction, driver }: Statement): boolean =>
  isEngineDriver(driver) && transaction?.form === "implicit" && !transaction.ends.some(({ how }) => how === "commit");

/** A session of SQLAlchemy that comes from elsewhere: it is in a transaction, and whoever has it decides what becomes of that. */
const mayBeRolledBack = (uses: readonly SqlUse<Setting>[]): boolean =>
  uses.every(({ within, statement }) => within === "unknown" && isEngineDriver(statement.driver));

const isOfSession = (deed: Setting): boolean =>
  deed.does === "set_config" ? deed.isLocal === false : deed.scope === "session";

const isLocal = (deed: Setting): boolean =>
  deed.does === "set_config" ? deed.isLocal === true : deed.scope === "local";

/** Settings that a client keeps, that end with the transaction, that undo one, or that are none of PostgreSQL's. */
function isHarmless(deed: Setting, profile: Profile): boolean {
  if (deed.does === "set role" || deed.does === "set session authorization") return deed.role === "none";
  const { name } = deed;
  if (deed.does === "set" && deed.toDefault) return true;
  return (
    name !== undefined && (ofTransaction.has(name) || ofOthers.has(name.toLowerCase()) || isTracked(name, profile))
  );
}

/** Whether the setting is all that its statement does: inside a larger one it holds until that one ends. */
function standsAlone({ deed, statement }: SqlUse<Setting>): boolean {
  if (deed.does !== "set_config") return true;
  const text = statement.text.map((piece) => piece ?? "?").join("");
  return !/\b(?:from|with|where|union|into|insert|update|delete)\b/i.test(text.replaceAll(/'[^']*'/g, "''"));
}

function leaking(model: Model, use: SqlUse<Setting>, all: readonly SqlUse<Setting>[]): Report {
  const { statement, fate } = use;
  const { profile, hook } = statement;
  const within = all.every((each) => each.within === "yes");
  const what = andMore(`\`${spelt(use.deed)}\``, all.length);
  const untrackable =
    "name" in use.deed && use.deed.name !== undefined && isUntrackable(use.deed.name, profile)
      ? `; track_extra_parameters has no effect on it, because PostgreSQL does not report it`
      : "";
  const leaks = hook
    ? "runs once on a server connection that other clients use next, and is not there when this client gets another one"
    : within
      ? "outlives its transaction: the next client of the server connection has it too"
      : mayBeRolledBack(all)
        ? "outlives its transaction once that is committed: the next client of the server connection has it too"
        : "stays on the server connection for its next client, and is missing where this client's next statement gets another one";
  return {
    place: statement.place,
    severity: severityOf(statement, fate, "error"),
    message: `${what} ${consequence(profile, fate, leaks)}${untrackable}.`,
    related: around(statement),
    fixes: () => (within && fate !== "pins" ? fixes(model, use, all) : []),
  };
}

/** Only inside a transaction: elsewhere SET LOCAL would do nothing, silently. */
function fixes(model: Model, { deed, statement }: SqlUse<Setting>, all: readonly SqlUse<Setting>[]): Fix[] {
  if (all.some((each) => (each.deed.does === "set_config") !== (deed.does === "set_config"))) return [];
  if (deed.does === "set" && deed.name === "session characteristics") {
    const edits = rewrite(model, statement, /\bsession\s+characteristics\s+as\s+transaction\b/i, "TRANSACTION");
    return edits ? [{ title: "Set it for this transaction alone", safety: "suggestion", edits }] : [];
  }
  const edits =
    deed.does === "set_config"
      ? rewrite(
          model,
          statement,
          /\bset_config\s*\([^()]*,\s*(?<change>'?(?:false|f|off|no|0)'?)\s*\)/i,
          "true",
          all.length,
        )
      : rewrite(
          model,
          statement,
          /\bset\s+(?<change>(?:session\s+(?!authorization\b))?)(?!local\b)(?=\S)/i,
          "LOCAL ",
          all.length,
        );
  const title = deed.does === "set_config" ? "Set it for this transaction alone" : "Use `SET LOCAL`";
  return edits ? [{ title, safety: "safe", edits }] : [];
}

function useless({ deed, statement, fate }: SqlUse<Setting>, count: number): Report {
  return {
    place: statement.place,
    severity: severityOf(statement, fate === "pins" ? "leaks" : fate, "error"),
    message: `${andMore(`\`${spelt(deed)}\``, count)} is in no transaction: it ends with its own statement and changes nothing.`,
    related: around(statement),
  };
}

/** What the library itself sends on a new connection, by an option or by default. */
function* configured(model: Model, pool: Pool): Generator<Report> {
  const fate = fateOf(pool.profile);
  if (fate === undefined || pool.postgres !== "yes" || pool.context === "test" || pool.profile.kind.value === "pgdog")
    return;
  for (const option of pool.options.entries) {
    if (option.means !== "search path" && option.means !== "session setting") continue;
    if (!isOn(pool, option) || isTracked(parameterOf(pool, option), pool.profile)) continue;
    const leaks = "on every new connection: the server connection keeps it for its next client";
    yield {
      place: option.place,
      severity: severityOf(pool, fate, "error"),
      message: `\`${option.path}\` sends \`SET ${parameterOf(pool, option)}\` ${fate === "leaks" ? "" : "on every new connection, which "}${consequence(pool.profile, fate, leaks)}.`,
    };
  }
  const leaks = "on every new connection: the server connection keeps it for its next client, of whatever application";
  yield* sentUnasked(model, pool, "connect", leaks);
}

/** Surely given, and not one of the values that turn it off. */
function isOn(pool: Pool, { path, value, conditional }: Option): boolean {
  if (conditional || value.kind === "unknown") return false;
  if (value.kind !== "constant") return true;
  if (value.value === undefined || value.value === null || value.value === "") return false;
  return !pool.driver.options[path]?.off?.includes(value.value);
}

const parameterOf = (pool: Pool, { path, means }: Option): string =>
  pool.driver.options[path]?.parameter ?? (means === "search path" ? "search_path" : "…");

function spelt(deed: Setting): string {
  switch (deed.does) {
    case "set":
      if (deed.name === "session characteristics") return "SET SESSION CHARACTERISTICS";
      return `SET ${deed.scope === "local" ? "LOCAL " : ""}${deed.name ?? "…"}`;
    case "set_config":
      return `set_config(${deed.name === undefined ? "…" : `'${deed.name}'`}, …, ${deed.isLocal})`;
    case "set role":
      return `SET ${deed.scope === "local" ? "LOCAL " : ""}ROLE`;
    case "set session authorization":
      return `SET ${deed.scope === "local" ? "LOCAL " : ""}SESSION AUTHORIZATION`;
  }
}
