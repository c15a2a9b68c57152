import { lstatSync } from "node:fs";
import { posix } from "node:path";
import type { Snapshot } from "../core/snapshot.ts";
import { kindOf } from "../workspace/names.ts";
import type { WorkspaceProblem } from "../workspace/problems.ts";

/** Of the files that somebody named, those that are not looked at, each with the reason: no finding in them means nothing. */
export const unread = (
  files: readonly string[],
  { exists }: Snapshot,
  problems: readonly WorkspaceProblem[],
): readonly { readonly path: string; readonly message: string }[] =>
  files
    .filter((path) => !exists(path) && !problems.some((one) => one.path === path && one.kind === "unreadable"))
    .map((path) => ({
      path,
      message: problems.find((one) => one.path === path)?.message ?? `not checked: ${reasonOf(path)}`,
    }));

const reasonOf = (path: string): string => {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats?.isSymbolicLink()) return "a link";
  if (stats?.isFile() !== true) return "no ordinary file";
  return kindOf(posix.basename(path)) === "other"
    ? "no source code or configuration that bouncer-safe reads"
    : "`.gitignore` or the setting `ignore` leaves it out";
};
