import type { Place } from "./text.ts";

/** What stands between the application and PostgreSQL. */
export type PoolerKind =
  | "pgbouncer"
  | "supavisor"
  | "neon"
  | "rds-proxy"
  | "azure"
  | "digitalocean"
  | "heroku"
  | "crunchy"
  | "railway"
  | "hyperdrive"
  | "pgcat"
  | "odyssey"
  | "pgdog";

export type PoolMode = "session" | "transaction" | "statement";

/** A value with the place that it was read from. `words` completes "because …": `pgbouncer.ini:14 pool_mode=transaction`. Never a secret. */
export interface Evidenced<T> {
  readonly value: T;
  /** `assumed`: nothing in the workspace says so. `weak`: a port alone. */
  readonly strength: "stated" | "weak" | "assumed";
  readonly words: string;
  readonly place?: Place;
}

/** The pooler in front of one pool. Times in seconds, as PgBouncer has them; undefined: not known. */
export interface Profile {
  readonly kind: Evidenced<PoolerKind>;
  readonly mode: Evidenced<PoolMode>;
  /** `[1, 24, 1]`. */
  readonly version?: Evidenced<readonly number[]>;
  readonly maxPreparedStatements?: Evidenced<number>;
  readonly ignoreStartupParameters?: Evidenced<readonly string[]>;
  readonly trackExtraParameters?: Evidenced<readonly string[]>;
  readonly clientIdleTimeout?: Evidenced<number>;
  readonly queryWaitTimeout?: Evidenced<number>;
  readonly idleTransactionTimeout?: Evidenced<number>;
  /** Server connections for each pair of user and database: `default_pool_size`, or what the database or the user has of its own. */
  readonly defaultPoolSize?: Evidenced<number>;
  readonly minPoolSize?: Evidenced<number>;
  readonly reservePoolSize?: Evidenced<number>;
  /** Server connections for each database, of all its users together; 0: no limit. */
  readonly maxDbConnections?: Evidenced<number>;
  /** Server connections for each user, of all its databases together; 0: no limit. */
  readonly maxUserConnections?: Evidenced<number>;
  readonly maxClientConnections?: Evidenced<number>;
  readonly serverResetQueryAlways?: Evidenced<boolean>;
  /** Whether prepared statements of the protocol work here, from mode, version, settings and kind together. */
  readonly preparedStatements?: Evidenced<boolean>;
  /** The connection goes past every pooler (`DIRECT_URL`, a service's direct host); its mode is `session` then. */
  readonly direct?: Evidenced<true>;
}

/** A pooler that files of the workspace set up. */
export interface SetUpPooler {
  readonly profile: Profile;
  /** `database jobs`, `one user`: for whom alone the profile holds; absent for everybody else. Names no user. */
  readonly scope?: string;
  /** With a scope: what holds for everybody else. */
  readonly whole?: Profile;
}
