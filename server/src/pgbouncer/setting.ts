import type { Version } from "../core/version.ts";

/** The sections that PgBouncer knows. `peers` since 1.19. */
export type SectionName = "pgbouncer" | "databases" | "users" | "peers";

/**
 * How a value is read. `integer`, `switch`: C's strtol, so `0x10` and `010` too (a switch is an integer; `true` is refused). `seconds`: a plain
 * number, with a fraction where it stands in [pgbouncer]. `choice`: one of `values`, in any case. `names`: separated by commas. The others are
 * texts that PgBouncer takes as they are.
 */
export type SettingType = "integer" | "switch" | "seconds" | "choice" | "names" | "path" | "sql" | "text";

export type SettingUnit = "connections" | "clients" | "statements" | "seconds" | "milliseconds" | "bytes";

export interface SettingValue {
  readonly value: string;
  /** One sentence. */
  readonly meaning: string;
  /** Absent: in 1.18 and before. */
  readonly since?: Version;
}

/** A setting of [pgbouncer], or a parameter of an entry in another section. */
export interface Setting {
  readonly name: string;
  readonly section: SectionName;
  readonly type: SettingType;
  readonly unit?: SettingUnit;
  /** All values of a `choice`; well-known ones of another type. */
  readonly values?: readonly SettingValue[];
  /** By version, oldest first; a value of `undefined`: not set. Parameters of entries fall back to `fallback` and have none. */
  readonly defaults: readonly VersionedValue[];
  /** The setting of [pgbouncer] that decides where an entry does not say. */
  readonly fallback?: string;
  /** The first version that knows it; absent: 1.18 and before. Earlier versions do not start with it. */
  readonly since?: Version;
  /** The first version that no longer knows it. */
  readonly removed?: Version;
  /** Known on Windows alone: elsewhere PgBouncer does not start with it. */
  readonly windowsOnly?: true;
  /** An old name for this other setting. */
  readonly aliasOf?: string;
  /** False where a change counts only after a restart. */
  readonly reloadable: boolean;
  /** What it does, in one plain sentence. */
  readonly meaning: string;
}

export interface VersionedValue {
  /** Absent: from before 1.18. */
  readonly since?: Version;
  readonly value: string | undefined;
}

/** A setting as it stands in the data: what most settings share is left out. */
export type SettingData = Omit<Setting, "name" | "section" | "defaults" | "reloadable"> & {
  /** One value for all versions, or a list of them. Absent: not set. */
  readonly default?: string | readonly VersionedValue[];
  /** Absent: a reload is enough. */
  readonly restart?: true;
};

export type SettingsData = Readonly<Record<string, SettingData>>;
