import type { Evidenced, PoolerKind, PoolMode } from "../core/profile.ts";
import type { ProfilePart } from "./settings.ts";

/** A pooler that a file of the workspace sets up. */
export interface FoundPooler {
  /** The file that says most of it. */
  readonly path: string;
  readonly source: "ini" | "compose" | "dockerfile";
  readonly part: ProfilePart & { readonly kind: Evidenced<PoolerKind> };
  /** Names under which other containers reach it. */
  readonly hosts: readonly string[];
  /** Ports on which it listens or is published. */
  readonly ports: readonly number[];
  /** What its [databases] section says, by name; `*` for all others. */
  readonly databases: ReadonlyMap<string, FoundDatabase>;
  /** True where a container takes its ini from somewhere that the workspace does not show. */
  readonly settingsElsewhere: boolean;
}

export interface FoundDatabase {
  readonly mode?: Evidenced<PoolMode>;
  readonly poolSize?: Evidenced<number>;
}
