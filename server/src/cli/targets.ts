import { existsSync, statSync } from "node:fs";
import { posix } from "node:path";
import { toPath } from "../workspace/paths.ts";
import { Misuse } from "./options.ts";

/** What the command line asks to check. */
export interface Targets {
  /** The folders that are read. */
  readonly roots: readonly string[];
  /** Paths in the report are relative to this. */
  readonly folder: string;
  /** True for a file whose findings are asked for. */
  covers(path: string): boolean;
}

/**
 * A folder is a root. A file belongs to the nearest folder above with a package.json or a `.git`, which is read as a whole: what its handles are
 * stands in other files. Throws `Misuse` for a path that does not exist.
 */
export const readTargets = (paths: readonly string[], cwd: string): Targets => {
  const given = (paths.length ? paths : ["."]).map((path) => {
    const absolute = toPath(posix.isAbsolute(path) ? path : `${cwd}/${path}`);
    const stats = statSync(absolute, { throwIfNoEntry: false });
    if (!stats) throw new Misuse(`${path}: no such file or folder`);
    return { path: absolute, isFolder: stats.isDirectory() };
  });
  const roots = withoutNested(given.map(({ path, isFolder }) => (isFolder ? path : projectOf(path))));
  return {
    roots,
    folder: given.length === 1 && given[0]!.isFolder ? given[0]!.path : cwd,
    covers: (path) =>
      given.some(
        (one) => path === one.path || (one.isFolder && path.startsWith(one.path === "/" ? "/" : `${one.path}/`)),
      ),
  };
};

const projectOf = (file: string): string => {
  for (let folder = posix.dirname(file); ; folder = posix.dirname(folder)) {
    if (existsSync(`${folder}/package.json`) || existsSync(`${folder}/.git`) || existsSync(`${folder}/pyproject.toml`))
      return folder;
    if (posix.dirname(folder) === folder) return posix.dirname(file);
  }
};

const withoutNested = (folders: readonly string[]): readonly string[] =>
  [...new Set(folders)].filter(
    (folder, _, all) => !all.some((other) => other !== folder && folder.startsWith(other === "/" ? "/" : `${other}/`)),
  );
