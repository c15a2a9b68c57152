import type { PoolerKind, PoolMode } from "../core/profile.ts";

/** Where a pooler, or the database behind it, is reached. The first that matches counts. */
export interface Endpoint {
  readonly host: RegExp;
  /** Absent: any port. A URL without one has 5432. */
  readonly port?: number;
  /** `direct`: the same service's way past its pooler. */
  readonly leads: "pooled" | "direct";
  readonly mode?: PoolMode;
  /** How a message names it, without the host itself: `*.pooler.supabase.com:6543`. */
  readonly words: string;
}

/** What a pooler does where nothing in the workspace says otherwise; the reason is shown. Times in seconds. */
export interface PoolerDefaults {
  readonly mode?: PoolMode;
  readonly maxPreparedStatements?: number;
  /** Protocol statements work, whatever the mode (`kept`) or fail outside session mode (`lost`). Absent: by version and setting. */
  readonly preparedStatements?: "kept" | "lost";
  readonly ignoreStartupParameters?: readonly string[];
  readonly clientIdleTimeout?: number;
  readonly queryWaitTimeout?: number;
  readonly defaultPoolSize?: number;
  readonly maxClientConnections?: number;
}

/** A pooler as data: how it is recognised, and what follows. */
export interface PoolerKnowledge {
  readonly kind: PoolerKind;
  readonly endpoints: readonly Endpoint[];
  /** Container images, without their tag. */
  readonly image?: RegExp;
  /** Environment variables whose value leads to it, whatever it is. */
  readonly environment?: RegExp;
  /** Names of its own settings in a container's environment, where they differ from PgBouncer's: → PgBouncer's name. */
  readonly containerSettings?: Readonly<Record<string, string>>;
  readonly defaults: PoolerDefaults;
  /** Where the defaults stand. */
  readonly reference: string;
}
