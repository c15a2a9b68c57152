import { readFileSync } from "node:fs";
import { configurationName, mergeSettings, type PartialSettings, readConfiguration } from "../config.ts";
import { defaultSettings, type Settings } from "../core/settings.ts";
import { nearestConfiguration } from "./above.ts";
import type { WorkspaceProblem } from "./problems.ts";
import { decode } from "./read.ts";
import { describe, withSlash } from "./walk.ts";

export interface SettingsInput {
  readonly roots: readonly string[];
  /** What the editor says. The project's own file goes before it, so that editor and command line agree. */
  readonly given?: PartialSettings | undefined;
  /** Read instead of the `bouncer-safe.json` of the roots. */
  readonly configuration?: string | undefined;
  /** The text of an open document. */
  openText(path: string): string | undefined;
}

/** The settings in force, with what is wrong in their files. */
export const readSettings = ({
  roots,
  given,
  configuration,
  openText,
}: SettingsInput): { readonly settings: Settings; readonly problems: readonly WorkspaceProblem[] } => {
  let settings = mergeSettings(defaultSettings, given ?? {});
  const problems: WorkspaceProblem[] = [];
  for (const path of new Set(configuration ? [configuration] : roots.flatMap(nearestConfiguration))) {
    let text: string;
    try {
      text = openText(path) ?? decode(readFileSync(path)).text;
    } catch (error) {
      problems.push({ path, kind: "configuration", message: describe(error) });
      continue;
    }
    const read = readConfiguration(text);
    settings = mergeSettings(settings, read.settings);
    for (const { message, offset } of read.problems) problems.push({ path, kind: "configuration", message, offset });
  }
  return { settings, problems };
};

/** The `bouncer-safe.json` in force for a root, as it is on disk; where there is none, the one that the root can have, without a text. */
export const settingsFileOf = (root: string): { readonly path: string; readonly text: string | undefined } => {
  const [path] = nearestConfiguration(root);
  if (path === undefined) return { path: withSlash(root) + configurationName, text: undefined };
  return { path, text: decode(readFileSync(path)).text };
};
