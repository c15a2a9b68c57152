import { defaultSettings, type Settings } from "../core/settings.ts";

/** The editor's settings of one folder. */
export interface FolderSettings {
  readonly enable: boolean;
  readonly settings: Settings;
}

const kinds = [
  "pgbouncer",
  "supavisor",
  "neon",
  "rds-proxy",
  "azure",
  "digitalocean",
  "heroku",
  "crunchy",
  "railway",
  "hyperdrive",
  "pgcat",
  "odyssey",
  "pgdog",
] as const;
const modes = ["session", "transaction", "statement"] as const;
const severities = ["off", "error", "warning", "information", "hint"] as const;

/** Reads the section `bouncerSafe`. A value of the wrong kind counts as not set: the editor underlines it in its settings file. */
export function readSettings(section: unknown): FolderSettings {
  const given = record(section);
  const pooler = record(given.pooler);
  return {
    enable: given.enable !== false,
    settings: {
      pooler: defined({
        kind: oneOf(kinds, pooler.kind),
        mode: oneOf(modes, pooler.mode),
        version: text(pooler.version),
        maxPreparedStatements: count(pooler.maxPreparedStatements),
        ignoreStartupParameters: texts(pooler.ignoreStartupParameters),
        trackExtraParameters: texts(pooler.trackExtraParameters),
        clientIdleTimeout: count(pooler.clientIdleTimeout),
        queryWaitTimeout: count(pooler.queryWaitTimeout),
        idleTransactionTimeout: count(pooler.idleTransactionTimeout),
        defaultPoolSize: count(pooler.defaultPoolSize),
        maxClientConnections: count(pooler.maxClientConnections),
      }),
      rules: Object.fromEntries(
        Object.entries(record(given.rules)).flatMap(([rule, value]) => {
          const severity = oneOf(severities, value);
          return severity ? [[rule, severity] as const] : [];
        }),
      ),
      ignore: texts(given.ignore) ?? defaultSettings.ignore,
      external: texts(given.external) ?? defaultSettings.external,
      pure: texts(given.pure) ?? defaultSettings.pure,
      replicas: count(given.replicas) ?? defaultSettings.replicas,
    },
  };
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

const oneOf = <T extends string>(allowed: readonly T[], value: unknown): T | undefined =>
  allowed.find((each) => each === value);

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

const count = (value: unknown): number | undefined => (typeof value === "number" && value >= 0 ? value : undefined);

/** undefined for an empty list too: the editor sends its default where nobody set one. */
function texts(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const list = value.filter((each): each is string => typeof each === "string");
  return list.length > 0 ? list : undefined;
}

type Defined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

const defined = <T extends object>(object: T): Defined<T> =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Defined<T>;
