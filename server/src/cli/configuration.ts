import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { toPath } from "../workspace/paths.ts";
import type { WorkspaceProblem } from "../workspace/problems.ts";
import { type Arguments, lastValue, Misuse } from "./options.ts";
import { relativePath } from "./report.ts";
import type { Terminal } from "./terminal.ts";

/** The path of a file as somebody in `cwd` writes it. */
export const absolute = (path: string, cwd: string): string => toPath(posix.isAbsolute(path) ? path : `${cwd}/${path}`);

/** The file that `--config` names. Throws `Misuse` where there is none. */
export const readConfiguration = (args: Arguments, cwd: string): string | undefined => {
  const given = lastValue(args, "config");
  if (given && !existsSync(absolute(given, cwd))) throw new Misuse(`--config ${given}: no such file`);
  return given && absolute(given, cwd);
};

/** Tells what is wrong in the files bouncer-safe.json; true where something is. */
export const noteConfigurations = (
  problems: readonly WorkspaceProblem[],
  { err, cwd }: Pick<Terminal, "err" | "cwd">,
): boolean => {
  const wrong = problems.filter(({ kind }) => kind === "configuration");
  for (const { path, message, offset } of wrong)
    err(`${relativePath(cwd, path)}: ${describeAt(path, message, offset)}\n`);
  return wrong.length > 0;
};

const describeAt = (path: string, message: string, offset: number | undefined): string => {
  if (offset === undefined) return message;
  try {
    const before = readFileSync(path, "utf8").slice(0, offset).split("\n");
    return `line ${before.length}: ${message}`;
  } catch {
    return message;
  }
};
