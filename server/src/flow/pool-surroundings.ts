import type { Pool } from "../core/model.ts";
import type { Poolers } from "../pooler/index.ts";
import type { PropertyReader } from "./options.ts";
import type { FileNode } from "./program.ts";

export interface PoolSurroundings {
  readonly files: readonly FileNode[];
  readonly property: PropertyReader;
  readonly poolers: Poolers;
  context(file: FileNode): Pool["context"];
  /** Names of the packages that the nearest manifest depends on. */
  dependencies(path: string): ReadonlySet<string>;
  /** The version of a package, as far as the nearest manifest tells. */
  version(path: string, name: string): readonly number[] | undefined;
}
