import type { Settings } from "./settings.ts";

/** The workspace at one moment: immutable. Holds the texts that can matter, found by the prefilter, and the configuration files. */
export interface Snapshot {
  readonly version: number;
  /** Absolute workspace folders, with `/`. */
  readonly roots: readonly string[];
  /** Sources by absolute path with `/`; UTF-16 text without a BOM is not assumed: offsets count it. */
  readonly sources: ReadonlyMap<string, string>;
  /** pgbouncer.ini, `.env*`, compose files, schema.prisma, package.json, tsconfig.json … by absolute path. */
  readonly configurations: ReadonlyMap<string, string>;
  readonly settings: Settings;
  /** Files seen by the walk, also those that the prefilter dropped. */
  readonly seen: number;
  /** True where a path exists in the workspace, for module resolution. */
  exists(path: string): boolean;
}
