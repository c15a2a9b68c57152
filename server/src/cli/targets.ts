import { existsSync, statSync } from "node:fs";
import { posix } from "node:path";
import { configurationName } from "../config.ts";
import { toPath } from "../workspace/paths.ts";
import { Misuse } from "./options.ts";

/** What the command line asks to check. */
export interface Targets {
  /** The folders that are read. */
  readonly roots: readonly string[];
  /** Paths in the report are relative to this. */
  readonly folder: string;
  /** Files among what is asked for. */
  readonly files: readonly string[];
  /** True for a file whose findings are asked for. */
  covers(path: string): boolean;
}

/**
 * A folder is a root. A file belongs to the nearest folder above that a project begins in, which is read as a whole: what its handles are
 * stands in other files. Throws `Misuse` for a path that does not exist.
 */
export const readTargets = (paths: readonly string[], cwd: string): Targets => {
  const given = (paths.length ? paths : ["."]).map((path) => {
    if (path === "") throw new Misuse("a path is empty");
    const absolute = toPath(posix.isAbsolute(path) ? path : `${cwd}/${path}`);
    const stats = statSync(absolute, { throwIfNoEntry: false });
    if (!stats) throw new Misuse(`${path}: no such file or folder${/[*?{]/.test(path) ? `; ${unquoted}` : ""}`);
    return { path: absolute, isFolder: stats.isDirectory() };
  });
  const roots = withoutNested(given.map(({ path, isFolder }) => (isFolder ? path : projectOf(path))));
  return {
    roots,
    files: given.filter(({ isFolder }) => !isFolder).map(({ path }) => path),
    folder: given.length === 1 && given[0]!.isFolder ? given[0]!.path : cwd,
    covers: (path) =>
      given.some(
        (one) => path === one.path || (one.isFolder && path.startsWith(one.path === "/" ? "/" : `${one.path}/`)),
      ),
  };
};

const unquoted = "patterns are for the shell: leave the quotes out";

/** What stands where a project begins. */
const projectMarks = [configurationName, "package.json", "pyproject.toml", ".git"];

const projectOf = (file: string): string => {
  for (let folder = posix.dirname(file); ; folder = posix.dirname(folder)) {
    if (projectMarks.some((name) => existsSync(`${folder}/${name}`))) return folder;
    if (posix.dirname(folder) === folder) return posix.dirname(file);
  }
};

const withoutNested = (folders: readonly string[]): readonly string[] =>
  [...new Set(folders)].filter(
    (folder, _, all) => !all.some((other) => other !== folder && folder.startsWith(other === "/" ? "/" : `${other}/`)),
  );
