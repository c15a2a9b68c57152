import type { PoolerKind, PoolMode } from "./profile.ts";
import type { Severity } from "./rule.ts";

/** What people decide: `bouncer-safe.json` and the editor's settings, parsed once at the border. */
export interface Settings {
  readonly pooler: {
    readonly kind?: PoolerKind;
    readonly mode?: PoolMode;
    /** "1.24.1". */
    readonly version?: string;
    readonly maxPreparedStatements?: number;
    readonly ignoreStartupParameters?: readonly string[];
    readonly trackExtraParameters?: readonly string[];
    /** Seconds. */
    readonly clientIdleTimeout?: number;
    readonly queryWaitTimeout?: number;
    readonly idleTransactionTimeout?: number;
    readonly defaultPoolSize?: number;
    readonly minPoolSize?: number;
    readonly reservePoolSize?: number;
    readonly maxDbConnections?: number;
    readonly maxUserConnections?: number;
    readonly maxClientConnections?: number;
    readonly serverResetQueryAlways?: boolean;
  };
  readonly rules: Readonly<Record<string, "off" | Severity>>;
  /** Globs of files that are not analysed, relative to the workspace folder. */
  readonly ignore: readonly string[];
  /** Functions that await work outside the database, by name, and functions that never do. */
  readonly external: readonly string[];
  readonly pure: readonly string[];
  /** Processes that run this application side by side. */
  readonly replicas: number;
}

export const defaultSettings: Settings = { pooler: {}, rules: {}, ignore: [], external: [], pure: [], replicas: 1 };
