import { isIgnored, withIgnoreFile } from "./gitignore.ts";
import { withSlash } from "./walk.ts";

/**
 * The `ignore` setting: patterns as in `.gitignore`, relative to a root. The answer is for a path (a folder's with a final slash) whose
 * folders were let through before.
 */
export const createGlobFilter = (
  roots: readonly string[],
  patterns: readonly string[],
): ((path: string) => boolean) => {
  if (!patterns.length) return () => false;
  const levels = roots.map((root) => ({
    root: withSlash(root),
    level: withIgnoreFile(undefined, withSlash(root), patterns.join("\n")),
  }));
  return (path) =>
    levels.some(({ root, level }) => {
      if (!path.startsWith(root)) return false;
      const isFolder = path.endsWith("/");
      const bare = isFolder ? path.slice(0, -1) : path;
      return isIgnored(level, bare, bare.slice(bare.lastIndexOf("/") + 1), isFolder ? "folder" : "file");
    });
};
