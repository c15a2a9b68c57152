import { statSync } from "node:fs";
import { resolve, sep } from "node:path";

/** Absolute, with `/`. */
export const toPath = (path: string): string => {
  const absolute = resolve(path);
  return sep === "/" ? absolute : absolute.replaceAll(sep, "/");
};

export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

export const stateOf = (path: string): "file" | "folder" | "missing" => {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return !stats ? "missing" : stats.isDirectory() ? "folder" : "file";
  } catch {
    // Below something that is no folder, or not to be entered.
    return "missing";
  }
};
