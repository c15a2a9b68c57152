import { poolerNames } from "./pooler-names.ts";
import type { Evidenced, Profile } from "./profile.ts";

/** One value of a profile, as the configuration of PgBouncer spells it. */
export interface ProfileRow {
  readonly key: keyof Profile;
  readonly name: string;
  readonly value: string;
  readonly evidence: Evidenced<unknown>;
}

/** What is known of a profile, the most telling first; `wanted` alone where it is given. Values that are not known are left out. */
export const profileRows = (
  profile: Profile,
  wanted: readonly (keyof Profile)[] = profileKeys,
): readonly ProfileRow[] => {
  const rows: ProfileRow[] = [];
  for (const key of wanted) {
    const evidence: Evidenced<unknown> | undefined = profile[key];
    const { name, write } = descriptions[key];
    // Past every pooler there is none to name.
    if (key === "kind" && profile.direct) continue;
    if (evidence) rows.push({ key, name, value: write(evidence.value as never), evidence });
  }
  return rows;
};

/** `PgBouncer 1.24.1, transaction mode`; an assumption says so. */
export const profileLabel = ({ kind, mode, version, direct }: Profile): string => {
  if (direct) return "No pooler: a direct connection";
  const label = `${poolerNames[kind.value]}${version ? ` ${version.value.join(".")}` : ""}, ${mode.value} mode`;
  return mode.strength === "assumed" ? `${label} (assumed)` : label;
};

/** Why a value is believed: the place and what is written there; doubt is said. */
export const reasonOf = ({ strength, words }: Evidenced<unknown>): string => {
  if (strength === "stated" || words.startsWith("assumes")) return words;
  return strength === "weak" ? `${words}, a hint alone` : `${words}, assumed`;
};

interface Description<K extends keyof Profile> {
  readonly name: string;
  readonly write: (value: NonNullable<Profile[K]>["value"]) => string;
}

const names = (list: readonly string[]): string => list.join(", ") || "none";
const seconds = (value: number): string => (value === 0 ? "0 (off)" : `${value} s`);

/** In the order in which they are shown: a new value of the profile does not compile until it has its line here. */
const descriptions: { readonly [K in keyof Required<Profile>]: Description<K> } = {
  kind: { name: "pooler", write: (kind) => poolerNames[kind] },
  version: { name: "version", write: (version) => version.join(".") },
  mode: { name: "pool_mode", write: String },
  direct: { name: "direct connection", write: () => "yes" },
  preparedStatements: {
    name: "prepared statements of the protocol",
    write: (works) => (works ? "work" : "do not work"),
  },
  maxPreparedStatements: { name: "max_prepared_statements", write: String },
  ignoreStartupParameters: { name: "ignore_startup_parameters", write: names },
  trackExtraParameters: { name: "track_extra_parameters", write: names },
  defaultPoolSize: { name: "default_pool_size", write: String },
  minPoolSize: { name: "min_pool_size", write: String },
  reservePoolSize: { name: "reserve_pool_size", write: String },
  maxDbConnections: { name: "max_db_connections", write: String },
  maxUserConnections: { name: "max_user_connections", write: String },
  maxClientConnections: { name: "max_client_conn", write: String },
  queryWaitTimeout: { name: "query_wait_timeout", write: seconds },
  clientIdleTimeout: { name: "client_idle_timeout", write: seconds },
  idleTransactionTimeout: { name: "idle_transaction_timeout", write: seconds },
  serverResetQueryAlways: { name: "server_reset_query_always", write: (on) => (on ? "1" : "0") },
};

/** Every value that a profile can have, the most telling first. */
export const profileKeys = Object.keys(descriptions) as readonly (keyof Profile)[];
