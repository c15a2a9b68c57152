import { Workspace } from "../workspace.ts";
import type { Engine, ExitCode } from "./check.ts";
import { type Arguments, lastValue } from "./options.ts";
import { printProfile } from "./print.ts";
import { createTexts } from "./report.ts";
import { maskSecrets } from "./secrets.ts";
import { readTargets } from "./targets.ts";
import type { Terminal } from "./terminal.ts";

/** The pooler that is assumed in front of a folder's pools, with the place that says so. */
export const profile = async (args: Arguments, { out, cwd }: Terminal, engine: Engine): Promise<ExitCode> => {
  const { roots, folder } = readTargets(args.positionals, cwd);
  const configuration = lastValue(args, "config");
  const workspace = new Workspace(roots, configuration ? { configuration } : {});
  await workspace.scan();
  const snapshot = workspace.snapshot();
  const analysis = await (await engine.createAnalyzer()).analyze(snapshot);
  out(maskSecrets(printProfile(analysis.profile, { lines: createTexts(snapshot), folder })));
  return 0;
};
