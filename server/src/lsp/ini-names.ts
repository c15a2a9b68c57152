import type { Setting, SettingValue } from "../pgbouncer/index.ts";
import { readParameters } from "../pgbouncer/parameters.ts";
import type { IniDocument } from "./ini-documents.ts";

/** Names that make sense in a setting that is a list of them, or a user. */
export function knownNames({ name, section }: Setting, ini: IniDocument): readonly SettingValue[] {
  if (section !== "pgbouncer") return [];
  if (name === "admin_users" || name === "stats_users" || name === "auth_user") return users(ini);
  return parameters[name] ?? [];
}

/** Parameters of a connection, as drivers send them (`ignore_startup_parameters`) and as a server reports them (`track_extra_parameters`). */
const parameters: Readonly<Record<string, readonly SettingValue[]>> = {
  ignore_startup_parameters: [
    { value: "extra_float_digits", meaning: "Sent by the JDBC driver; harmless to drop." },
    {
      value: "options",
      meaning: "Settings of the session as on the command line (`-c name=value`), all dropped together.",
    },
    { value: "search_path", meaning: "Dropped, the client works in the default schema." },
    { value: "statement_timeout", meaning: "Dropped, statements of the client may run for ever." },
    { value: "lock_timeout", meaning: "Dropped, statements of the client may wait for locks for ever." },
    {
      value: "idle_in_transaction_session_timeout",
      meaning: "Dropped, forgotten transactions of the client stay open.",
    },
  ],
  track_extra_parameters: [
    { value: "IntervalStyle", meaning: "How intervals are written." },
    { value: "default_transaction_read_only", meaning: "Reported from PostgreSQL 14 on." },
    { value: "search_path", meaning: "Reported from PostgreSQL 18 on, and by Citus 12." },
  ],
};

/** Users that the file speaks of: entries of [users], and `user=` of databases. */
function users({ file }: IniDocument): readonly SettingValue[] {
  const found = new Map<string, string>();
  for (const { name, entries } of file.sections) {
    for (const { key, value } of entries) {
      if (name === "users") found.set(key, "A user of this file's [users].");
      if (name !== "databases") continue;
      const user = readParameters(value).entries.find((each) => each.key === "user")?.value;
      if (user) found.set(user, `The user of the database \`${key}\`.`);
    }
  }
  return [...found].map(([value, meaning]) => ({ value, meaning }));
}
