import type { Evidenced, Profile } from "../core/profile.ts";
import type { Version } from "../core/version.ts";
import { defaultOf, settingNamed } from "../pgbouncer/index.ts";
import { type Spot, stated } from "./evidence.ts";
import { isPoolMode } from "./modes.ts";

/** A profile as far as one file states it. */
export type ProfilePart = Partial<Profile>;

type Reader = (value: string) => unknown;

interface SettingDescription {
  readonly into: keyof Profile;
  /** Undefined where the value is none that PgBouncer takes. */
  readonly read: Reader;
}

const integer: Reader = (value) => (/^\d+$/.test(value) ? Number(value) : undefined);
/** Seconds, with a fraction where PgBouncer allows it. */
const seconds: Reader = (value) => (/^\d+(?:\.\d+)?$/.test(value) ? Number(value) : undefined);
/** Names of PostgreSQL's parameters; anything else is refused whole. */
const list: Reader = (value) => {
  const names = value.split(",").map((item) => item.trim());
  return /^[\w.,\s]*$/.test(value) ? names.filter((name) => name !== "") : undefined;
};
const switched: Reader = (value) =>
  /^(?:1|true|yes|on)$/i.test(value) ? true : /^(?:0|false|no|off)$/i.test(value) ? false : undefined;
const mode: Reader = (value) => (isPoolMode(value.toLowerCase()) ? value.toLowerCase() : undefined);

/** PgBouncer's settings that the profile holds. Containers take the same names in upper case. */
const settings: Readonly<Record<string, SettingDescription>> = {
  pool_mode: { into: "mode", read: mode },
  max_prepared_statements: { into: "maxPreparedStatements", read: integer },
  ignore_startup_parameters: { into: "ignoreStartupParameters", read: list },
  track_extra_parameters: { into: "trackExtraParameters", read: list },
  client_idle_timeout: { into: "clientIdleTimeout", read: seconds },
  query_wait_timeout: { into: "queryWaitTimeout", read: seconds },
  idle_transaction_timeout: { into: "idleTransactionTimeout", read: seconds },
  default_pool_size: { into: "defaultPoolSize", read: integer },
  min_pool_size: { into: "minPoolSize", read: integer },
  reserve_pool_size: { into: "reservePoolSize", read: integer },
  max_db_connections: { into: "maxDbConnections", read: integer },
  max_user_connections: { into: "maxUserConnections", read: integer },
  max_client_conn: { into: "maxClientConnections", read: integer },
  server_reset_query_always: { into: "serverResetQueryAlways", read: switched },
};

/** What one setting of PgBouncer states; `spelt`: its name in the file. Nothing where it is another setting or no valid value. */
export const readSetting = (name: string, value: string, spot: Spot, spelt = name): ProfilePart => {
  const written = value.trim();
  return partOf(name, written, spot, `${spelt}=${written}`);
};

/** What PgBouncer does where a setting is left out, as `spelt` there; nothing where that depends on its version. */
export const readDefault = (name: string, spot: Spot, spelt = name): ProfilePart => {
  const value = unsetValue(name);
  return value === undefined ? {} : partOf(name, value, spot, `sets no ${spelt}${value && `: ${value}`}`);
};

/** The value of a setting that a file leaves out, as it would be written; undefined where that version has no such setting. */
export const unsetValue = (name: string, version?: Version): string | undefined => {
  const setting = settingNamed("pgbouncer", name);
  return setting && defaultOf(setting, version);
};

const partOf = (name: string, written: string, spot: Spot, words: string): ProfilePart => {
  const setting = Object.hasOwn(settings, name) ? settings[name] : undefined;
  const value = setting?.read(written);
  if (!setting || value === undefined) return {};
  return { [setting.into]: stated(value, spot, words) satisfies Evidenced<unknown> };
};

/** A database of [databases] and a user of [users] have some settings of their own, under these names. */
const ownSettings: Readonly<Record<string, string>> = {
  pool_mode: "pool_mode",
  pool_size: "default_pool_size",
  min_pool_size: "min_pool_size",
  reserve_pool: "reserve_pool_size",
  reserve_pool_size: "reserve_pool_size",
  max_db_connections: "max_db_connections",
  max_user_connections: "max_user_connections",
  client_idle_timeout: "client_idle_timeout",
  idle_transaction_timeout: "idle_transaction_timeout",
};

/** What an entry of [databases] or [users] states; `owner` names whose it is: `[databases] app`, `[users]`. */
export const readOwnSetting = (name: string, value: string, spot: Spot, owner: string): ProfilePart => {
  const setting = Object.hasOwn(ownSettings, name) ? ownSettings[name] : undefined;
  return setting === undefined ? {} : readSetting(setting, value, spot, `${owner} ${name}`);
};

/** `poolMode`, `pool-mode` → `pool_mode`; undefined where it is no setting of the profile. */
export const settingOfKey = (key: string): string | undefined => {
  const name = key
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replaceAll("-", "_")
    .toLowerCase();
  const setting = Object.hasOwn(spellings, name) ? spellings[name] : name;
  return setting !== undefined && Object.hasOwn(settings, setting) ? setting : undefined;
};

/** Names that charts and images have for PgBouncer's. */
const spellings: Readonly<Record<string, string>> = {
  max_client_connections: "max_client_conn",
  max_client_conns: "max_client_conn",
  ignore_startup_params: "ignore_startup_parameters",
};

/** `PGBOUNCER_POOL_MODE`, `POOL_MODE` → `pool_mode`; undefined where it is no setting of the profile. */
export const settingOfVariable = (variable: string, own: Readonly<Record<string, string>> = {}): string | undefined => {
  if (Object.hasOwn(own, variable)) return own[variable];
  return variable === variable.toUpperCase() ? settingOfKey(variable.replace(/^PGBOUNCER_/, "")) : undefined;
};
