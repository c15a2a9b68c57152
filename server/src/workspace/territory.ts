import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { type Above, readAbove } from "./above.ts";
import { type IgnoreLevel, isIgnored, withIgnoreFile } from "./gitignore.ts";
import { createGlobFilter } from "./globs.ts";
import { isReadThoughIgnored, isSkippedFolder } from "./names.ts";
import { type FolderListing, type WalkProblem, walk, withSlash } from "./walk.ts";

/** Which paths belong to the workspace: what is below the roots and neither git nor the settings leave out. */
export class Territory {
  readonly #roots: readonly string[];
  readonly #leavesOut: (path: string) => boolean;
  readonly #above = new Map<string, Above>();
  /** Rules in force inside a folder, by its path with a final slash. */
  readonly #rules = new Map<string, IgnoreLevel | undefined>();

  /** `ignore`: patterns as in `.gitignore`, relative to each root. */
  constructor(roots: readonly string[], ignore: readonly string[]) {
    this.#roots = roots;
    this.#leavesOut = createGlobFilter(roots, ignore);
  }

  aboveRoot(root: string): Above {
    const known = this.#above.get(root) ?? readAbove(root);
    this.#above.set(root, known);
    return known;
  }

  /** Folder after folder, from a root or a folder below one. */
  walk(folder: string, problem: (problem: WalkProblem) => void): Generator<FolderListing> {
    const rules = this.#roots.includes(folder)
      ? this.aboveRoot(folder).rules
      : this.#rulesIn(withSlash(posix.dirname(folder)));
    return walk(folder, { above: rules, ignores: this.#leavesOut, problem });
  }

  /** True for a root, and for a path below one that nothing leaves out. */
  holds(path: string, kind: "folder" | "file"): boolean {
    if (this.#roots.includes(path)) return true;
    const root = this.#roots.find((one) => path.startsWith(withSlash(one)));
    if (root === undefined) return false;
    const start = withSlash(root);
    const parts = path.slice(start.length).split("/");
    let folder = start;
    for (const [index, part] of parts.entries()) {
      const partKind = index === parts.length - 1 ? kind : "folder";
      const at = folder + part;
      if (partKind === "folder" && isSkippedFolder(part)) return false;
      if (this.#leavesOut(partKind === "folder" ? `${at}/` : at)) return false;
      const isExempt = partKind === "file" && isReadThoughIgnored(part);
      if (!isExempt && isIgnored(this.#rulesIn(folder), at, part, partKind)) return false;
      folder = `${at}/`;
    }
    return true;
  }

  /** The `.gitignore` of a folder changed. */
  forgetRules(): void {
    this.#above.clear();
    this.#rules.clear();
  }

  #rulesIn(folder: string): IgnoreLevel | undefined {
    if (this.#rules.has(folder)) return this.#rules.get(folder);
    const root = this.#roots.find((one) => folder === withSlash(one));
    const above =
      root === undefined ? this.#rulesIn(withSlash(posix.dirname(folder.slice(0, -1)))) : this.aboveRoot(root).rules;
    let rules = above;
    try {
      rules = withIgnoreFile(above, folder, readFileSync(`${folder}.gitignore`, "utf8"));
    } catch {
      // Most folders have none.
    }
    this.#rules.set(folder, rules);
    return rules;
  }
}
