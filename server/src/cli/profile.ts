import { poolersOf } from "../core/poolers.ts";
import { maskSecrets } from "../core/secrets.ts";
import { Workspace } from "../workspace.ts";
import type { Engine, ExitCode } from "./check.ts";
import { noteConfigurations, readConfiguration } from "./configuration.ts";
import { type Arguments, lastValue } from "./options.ts";
import { printPoolers, reportPoolers } from "./poolers.ts";
import { createTexts } from "./report.ts";
import { readTargets } from "./targets.ts";
import type { Terminal } from "./terminal.ts";

/** Every pooler in front of a folder's pools, with the places that say so and the pools behind it. */
export const profile = async (args: Arguments, { out, err, cwd }: Terminal, engine: Engine): Promise<ExitCode> => {
  const { roots, folder } = readTargets(args.positionals, cwd);
  const configuration = readConfiguration(args, cwd);
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
  const isSilent = entries.every(
    ({ profile: { kind, mode } }) => kind.strength !== "stated" && mode.strength !== "stated",
  );
  if (!asJson && isSilent)
    out(
      '\nNothing here says which pooler there is. `pooler` in bouncer-safe.json can: { "pooler": { "mode": "transaction" } }\n',
    );
  if (!asJson && entries.every(({ pools }) => pools.length === 0))
    out("\nNo pool, engine or client of PostgreSQL is opened here.\n");
  return noteConfigurations(workspace.problems, { err, cwd }) ? 2 : 0;
};
