import { type Dirent, readdirSync, readFileSync } from "node:fs";
import { type IgnoreLevel, isIgnored, withIgnoreFile } from "./gitignore.ts";
import { isReadThoughIgnored, isSkippedFolder, kindOf } from "./names.ts";

/** What one folder holds, by absolute path with `/`. */
export interface FolderListing {
  readonly sources: readonly string[];
  /** By name: with every ini file, until its text tells whose it is. */
  readonly configurations: readonly string[];
}

export interface WalkProblem {
  readonly path: string;
  readonly message: string;
}

export interface WalkOptions {
  /** Rules in force above the root, from the folders that hold it. */
  readonly above?: IgnoreLevel | undefined;
  /** True for what the settings leave out. Asked for folders and for files that matter. */
  ignores(path: string): boolean;
  problem(problem: WalkProblem): void;
}

/**
 * Folder after folder below `root`, without what git ignores. Links are not followed: inside the root their target is met anyway, and
 * outside it is another project's. The caller may stop between two folders, or wait.
 */
export function* walk(root: string, options: WalkOptions): Generator<FolderListing> {
  const open: { readonly folder: string; readonly rules: IgnoreLevel | undefined }[] = [
    { folder: withSlash(root), rules: options.above },
  ];
  for (let next = open.pop(); next; next = open.pop()) {
    const entries = list(next.folder, options);
    if (!entries || has(entries, "pyvenv.cfg")) continue;
    const rules = readRules(next.folder, next.rules, entries);
    const sources: string[] = [];
    const configurations: string[] = [];
    const folders: typeof open = [];
    for (const entry of entries) {
      const name = entry.name;
      if (entry.isDirectory()) {
        if (isSkippedFolder(name)) continue;
        const path = next.folder + name;
        if (isIgnored(rules, path, name, "folder") || options.ignores(`${path}/`)) continue;
        folders.push({ folder: `${path}/`, rules });
        continue;
      }
      const kind = kindOf(name);
      if (kind === "other" || !entry.isFile()) continue;
      const path = next.folder + name;
      if (isIgnored(rules, path, name, "file") && !isReadThoughIgnored(name)) continue;
      if (options.ignores(path)) continue;
      (kind === "source" ? sources : configurations).push(path);
    }
    // Last folder first on the stack, so that folders are visited in the order in which they are listed.
    for (let i = folders.length - 1; i >= 0; i--) open.push(folders[i]!);
    yield { sources, configurations };
  }
}

export const withSlash = (folder: string): string => (folder.endsWith("/") ? folder : `${folder}/`);

const list = (folder: string, options: WalkOptions): Dirent[] | undefined => {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    // A folder that vanished since its parent was listed is no problem of anybody's.
    if ((error as NodeJS.ErrnoException).code !== "ENOENT")
      options.problem({ path: folder.slice(0, -1), message: describe(error) });
    return undefined;
  }
};

const has = (entries: readonly Dirent[], name: string): boolean => entries.some((entry) => entry.name === name);

const readRules = (
  folder: string,
  above: IgnoreLevel | undefined,
  entries: readonly Dirent[],
): IgnoreLevel | undefined => {
  if (!entries.some((entry) => entry.name === ".gitignore" && entry.isFile())) return above;
  try {
    return withIgnoreFile(above, folder, readFileSync(`${folder}.gitignore`, "utf8"));
  } catch {
    // Unreadable rules ignore nothing; git says the same with a warning.
    return above;
  }
};

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  ELOOP: "too many symbolic links",
  EISDIR: "is a folder",
  ENAMETOOLONG: "its name is too long",
  EIO: "input/output error",
};

/** Why a path could not be read, without the path. */
export const describe = (error: unknown): string => {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  return `cannot be read: ${reasons[code] ?? (code || String(error))}`;
};
