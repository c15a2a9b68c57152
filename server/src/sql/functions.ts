import type { SqlDeed } from "./command.ts";

type AdvisoryLock = Extract<SqlDeed, { does: "advisory lock" }>;

const lock = (how: AdvisoryLock["how"], scope: AdvisoryLock["scope"]): Pick<AdvisoryLock, "how" | "scope"> => ({
  how,
  scope,
});

/** https://www.postgresql.org/docs/18/functions-admin.html#FUNCTIONS-ADVISORY-LOCKS */
const advisoryLocks: Readonly<Record<string, Pick<AdvisoryLock, "how" | "scope">>> = {
  pg_advisory_lock: lock("lock", "session"),
  pg_advisory_lock_shared: lock("lock", "session"),
  pg_try_advisory_lock: lock("try", "session"),
  pg_try_advisory_lock_shared: lock("try", "session"),
  pg_advisory_unlock: lock("unlock", "session"),
  pg_advisory_unlock_shared: lock("unlock", "session"),
  pg_advisory_unlock_all: lock("unlock all", "session"),
  pg_advisory_xact_lock: lock("lock", "transaction"),
  pg_advisory_xact_lock_shared: lock("lock", "transaction"),
  pg_try_advisory_xact_lock: lock("try", "transaction"),
  pg_try_advisory_xact_lock_shared: lock("try", "transaction"),
};

/** A word that makes a SELECT, INSERT, UPDATE or DELETE worth a parse. `temp` is for SELECT … INTO TEMP. */
export const interesting = /set_config|pg_(?:try_)?advisory_|currval|lastval|pg_notify|\btemp(?:orary)?\b|pg_temp/i;

/** An argument as far as it is constant. */
export type Argument = string | boolean | undefined;

/** What calling a function does to the connection; undefined where nothing that matters. `name` is in lower case. */
export const callDeed = (name: string, argument: (index: number, name: string) => Argument): SqlDeed | undefined => {
  const locks = Object.hasOwn(advisoryLocks, name) ? advisoryLocks[name] : undefined;
  if (locks) return { does: "advisory lock", function: name, ...locks };
  if (name === "currval" || name === "lastval") return { does: "session function", function: name };
  if (name === "pg_notify") return { does: "notify", ...optional("channel", text(argument(0, "channel"))) };
  if (name !== "set_config") return undefined;
  const isLocal = truth(argument(2, "is_local"));
  return {
    does: "set_config",
    ...optional("name", text(argument(0, "setting_name"))?.toLowerCase()),
    ...optional("value", text(argument(1, "new_value"))),
    ...(isLocal === undefined ? {} : { isLocal }),
  };
};

/** `{ name: value }`, or nothing where the value is not known. */
export const optional = <K extends string>(name: K, value: string | undefined): { readonly [P in K]?: string } =>
  (value === undefined ? {} : { [name]: value }) as { readonly [P in K]?: string };

const text = (argument: Argument): string | undefined => (argument === undefined ? undefined : String(argument));

/** PostgreSQL's spellings of a boolean. */
const truth = (argument: Argument): boolean | undefined => {
  const spelt = text(argument)?.trim().toLowerCase();
  if (!spelt) return undefined;
  if (["t", "true", "y", "yes", "on", "1"].includes(spelt)) return true;
  if (["f", "false", "n", "no", "off", "0"].includes(spelt)) return false;
  return undefined;
};
