import type { Evidenced, PoolerKind } from "../core/profile.ts";
import type { ProfilePart } from "./settings.ts";

/** A pooler that a file of the workspace sets up. */
export interface FoundPooler {
  /** The file that says most of it. */
  readonly path: string;
  readonly source: "ini" | "own" | "kubernetes" | "compose" | "terraform" | "helm" | "dockerfile" | "binding";
  readonly part: ProfilePart & { readonly kind: Evidenced<PoolerKind> };
  /** Names under which other containers reach it. */
  readonly hosts: readonly string[];
  /** Ports on which it listens or is published. */
  readonly ports: readonly number[];
  /** What is of one database alone, by the name that clients connect to; `*` for all others. */
  readonly databases: ReadonlyMap<string, ProfilePart>;
  /** What is of one user alone. It goes before the database's. */
  readonly users: readonly FoundUser[];
  /** True where a container takes its settings from somewhere that the workspace does not show. */
  readonly settingsElsewhere: boolean;
}

export interface FoundUser {
  /** `userDigest` of the name. */
  readonly user: number;
  /** The one database in which it holds; absent: every one. */
  readonly database?: string;
  readonly part: ProfilePart;
}

/** A pooler with the files that its container is given. */
export interface FoundContainer extends FoundPooler {
  /** Absolute paths of what is mounted or built: an ini, the folder of one, a Dockerfile. */
  readonly files: readonly string[];
}
