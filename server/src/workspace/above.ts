import { existsSync, readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { configurationName } from "../config.ts";
import { type IgnoreLevel, withIgnoreFile } from "./gitignore.ts";
import { kindOf } from "./names.ts";
import { withSlash } from "./walk.ts";

/** What the folders that hold a root say: ignore rules and configuration files up to the top of the git repository. */
export interface Above {
  readonly rules: IgnoreLevel | undefined;
  readonly configurations: readonly string[];
}

export const readAbove = (root: string): Above => {
  let rules: IgnoreLevel | undefined;
  const configurations: string[] = [];
  for (const folder of foldersAbove(root).reverse()) {
    for (const name of namesIn(folder)) {
      const kind = kindOf(name);
      if (kind === "configuration" || kind === "candidate") configurations.push(withSlash(folder) + name);
    }
    try {
      rules = withIgnoreFile(rules, withSlash(folder), readFileSync(`${withSlash(folder)}.gitignore`, "utf8"));
    } catch {
      // Most folders have none.
    }
  }
  return { rules, configurations };
};

/** The `bouncer-safe.json` in force for a root: its own, or the nearest one above it in the same repository. At most one. */
export const nearestConfiguration = (root: string): readonly string[] => {
  for (const folder of [root, ...foldersAbove(root)]) {
    const path = withSlash(folder) + configurationName;
    if (existsSync(path)) return [path];
  }
  return [];
};

/** Parents of a root, nearest first, up to the one that holds `.git`. None where the root holds it, or where there is no repository. */
const foldersAbove = (root: string): string[] => {
  const folders: string[] = [];
  for (let folder = root; !existsSync(`${withSlash(folder)}.git`); ) {
    const parent = posix.dirname(folder);
    if (parent === folder) return [];
    folders.push(parent);
    folder = parent;
  }
  return folders;
};

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};
