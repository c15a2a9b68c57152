import { poolersOf } from "../core/poolers.ts";
import { Workspace } from "../workspace.ts";
import type { Engine, ExitCode } from "./check.ts";
import { type Arguments, lastValue } from "./options.ts";
import { printPoolers, reportPoolers } from "./poolers.ts";
import { createTexts } from "./report.ts";
import { maskSecrets } from "./secrets.ts";
import { readTargets } from "./targets.ts";
import type { Terminal } from "./terminal.ts";

/** Every pooler in front of a folder's pools, with the places that say so and the pools behind it. */
export const profile = async (args: Arguments, { out, cwd }: Terminal, engine: Engine): Promise<ExitCode> => {
  const { roots, folder } = readTargets(args.positionals, cwd);
  const configuration = lastValue(args, "config");
  const workspace = new Workspace(roots, { always: "configurations", ...(configuration ? { configuration } : {}) });
  await workspace.scan();
  const snapshot = workspace.snapshot();
  const entries = poolersOf(await (await engine.createAnalyzer()).analyze(snapshot));
  const lines = createTexts(snapshot);
  const asJson = lastValue(args, "format") === "json";
  const text = asJson
    ? `${JSON.stringify(reportPoolers(entries, lines, folder), undefined, 2)}\n`
    : printPoolers(entries, { lines, folder });
  out(maskSecrets(text));
  return 0;
};
