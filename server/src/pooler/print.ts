import type { Evidenced, Profile } from "../core/profile.ts";
import { titleOf } from "./endpoints.ts";
import { spotIn } from "./evidence.ts";

interface Row {
  readonly name: string;
  readonly value: string;
  readonly evidence: Evidenced<unknown>;
}

/** The profile as a table: what, value, because. For the command line and `--print profile`. Ends with a line break. */
export const printProfile = (profile: Profile): string => {
  const rows = rowsOf(profile);
  const nameWidth = Math.max(...rows.map(({ name }) => name.length));
  const valueWidth = Math.max(...rows.map(({ value }) => value.length));
  return rows
    .map(({ name, value, evidence }) =>
      `${name.padEnd(nameWidth)}  ${value.padEnd(valueWidth)}  ${because(evidence)}`.trimEnd(),
    )
    .join("\n")
    .concat("\n");
};

/** One short line: `PgBouncer 1.18, transaction mode (pgbouncer.ini:3)`. */
export const describeProfile = ({ kind, mode, version, direct }: Profile): string => {
  const title = titleOf(kind.value);
  if (direct) return `direct connection (${spotIn(direct)})`;
  const name = version ? `${title} ${version.value.join(".")}` : title;
  const doubt = mode.strength === "stated" ? spotIn(mode) : "assumed";
  return `${name}, ${mode.value} mode (${doubt})`;
};

const because = ({ strength, words }: Evidenced<unknown>): string =>
  strength === "stated" ? words : `${words} (${strength})`;

const shownKeys: readonly (readonly [Exclude<keyof Profile, "kind" | "version">, string])[] = [
  ["mode", "pool_mode"],
  ["direct", "direct"],
  ["maxPreparedStatements", "max_prepared_statements"],
  ["preparedStatements", "prepared statements"],
  ["ignoreStartupParameters", "ignore_startup_parameters"],
  ["trackExtraParameters", "track_extra_parameters"],
  ["clientIdleTimeout", "client_idle_timeout"],
  ["queryWaitTimeout", "query_wait_timeout"],
  ["idleTransactionTimeout", "idle_transaction_timeout"],
  ["defaultPoolSize", "default_pool_size"],
  ["maxClientConnections", "max_client_conn"],
  ["serverResetQueryAlways", "server_reset_query_always"],
];

const timeouts: ReadonlySet<string> = new Set([
  "client_idle_timeout",
  "query_wait_timeout",
  "idle_transaction_timeout",
]);

const rowsOf = (profile: Profile): readonly Row[] => {
  const { kind, version } = profile;
  const rows: Row[] = [{ name: "pooler", value: titleOf(kind.value), evidence: kind }];
  if (version) rows.push({ name: "version", value: version.value.join("."), evidence: version });
  for (const [key, name] of shownKeys) {
    const evidence = profile[key];
    if (evidence) rows.push({ name, value: shown(evidence.value, name), evidence });
  }
  return rows;
};

const shown = (value: string | number | boolean | readonly string[], name: string): string => {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return timeouts.has(name) && value > 0 ? `${value} s` : String(value);
  if (typeof value === "string") return value;
  return value.length === 0 ? "none" : value.join(", ");
};
