import { replace } from "../core/edit.ts";
import { meant } from "../core/meant.ts";
import type { Model } from "../core/model.ts";
import type { Fix, Report, Rule } from "../core/rule.ts";
import { type SectionName, settingNamed, settings } from "../pgbouncer/index.ts";
import { type ParameterOf, parametersIn, parametersOf } from "./knowledge/ini.ts";

export const iniBadDatabaseParameter: Rule = {
  name: "ini-bad-database-parameter",
  summary: "A parameter of a database, a user or a peer that PgBouncer does not know.",
  why: `Entries in \`[databases]\` look like libpq's connection strings, but PgBouncer reads them itself and knows few of libpq's names: at any other
(\`poolsize\`, \`username\`, \`sslmode\`) it stops with \`unrecognized connection parameter\`. TLS to the server is set for all databases together, with
\`server_tls_sslmode\`. The entry for all other databases (\`*\`) is read when a client asks for one of them: that client is refused then.

The rule does not see parameters of versions that are not out yet.`,
  group: "pgbouncer.ini",
  severity: "error",
  fix: "suggestion",
  dependsOn: [],
  *check(model) {
    for (const each of parametersOf(model))
      if (!settingNamed(each.section, each.parameter.key)) yield report(model, each);
  },
};

/** What libpq, PostgreSQL and [pgbouncer] call these. */
const others: Readonly<Partial<Record<SectionName, Readonly<Record<string, string>>>>> = {
  databases: {
    database: "dbname",
    db: "dbname",
    username: "user",
    hostname: "host",
    hostaddr: "host",
    pass: "password",
    default_pool_size: "pool_size",
    max_connections: "max_db_connections",
    mode: "pool_mode",
    query: "connect_query",
    fallback_application_name: "application_name",
    tz: "timezone",
  },
  users: { default_pool_size: "pool_size", max_connections: "max_user_connections", mode: "pool_mode" },
};

/** Settings of [pgbouncer] that say for all databases what a parameter of libpq says for one. */
const general: Readonly<Record<string, string>> = {
  sslmode: "server_tls_sslmode",
  sslrootcert: "server_tls_ca_file",
  sslcert: "server_tls_cert_file",
  sslkey: "server_tls_key_file",
  connect_timeout: "server_connect_timeout",
  max_client_conn: "max_client_conn",
  reserve_pool_timeout: "reserve_pool_timeout",
};

function report(model: Model, { section, placed, parameter }: ParameterOf): Report {
  const { key, keySpan } = parameter;
  const names = settings[section].map(({ name }) => name);
  const likely = others[section]?.[key.toLowerCase()] ?? meant(key, names);
  // What follows a password that should have been quoted may be the rest of it.
  const isSecret =
    !likely &&
    parametersIn(placed.entry).entries.some((each) => each.key === "password" && each.keySpan.start < keySpan.start);
  const name = isSecret ? "that begins here" : `\`${key}\``;
  const place = { path: placed.path, span: keySpan };
  const refused =
    section === "databases" && placed.entry.key === "*"
      ? "clients that this entry is for are refused"
      : "PgBouncer does not start";
  const instead = general[key.toLowerCase()];
  const hint = likely
    ? ` Did you mean \`${likely}\`?`
    : instead
      ? ` \`${instead}\` in [pgbouncer] sets it for all databases.`
      : "";
  const fix: Fix | undefined = likely
    ? {
        title: `Change to \`${likely}\``,
        safety: "suggestion",
        edits: [replace({ path: place.path, text: model.text(place.path) }, keySpan, likely)],
      }
    : undefined;
  return { place, message: `[${section}] has no parameter ${name}: ${refused}.${hint}`, fixes: fix ? [fix] : [] };
}
