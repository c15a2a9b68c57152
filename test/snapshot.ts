import { configurationName, mergeSettings, readConfiguration } from "../server/src/config.ts";
import { defaultSettings, type Settings } from "../server/src/core/settings.ts";
import type { Snapshot } from "../server/src/core/snapshot.ts";

/** Files by path relative to the root, with `/`. */
export type Files = Readonly<Record<string, string>>;

/** Where the files of `snapshotOf` live. */
export const root = "/app";

export const absolute = (path: string): string => `${root}/${path}`;

let version = 0;

/** The same for every snapshot, as a workspace keeps them: with others everything is linked anew. */
const roots = [root];
const plain = mergeSettings(defaultSettings, {});

/**
 * A workspace in memory, as `Workspace.snapshot()` would give it. A `bouncer-safe.json` among the files counts; `settings` go over it.
 * Every source is in it: the prefilter is left out.
 */
export function snapshotOf(files: Files, settings: Partial<Settings> = {}): Snapshot {
  const entries = Object.entries(files).map(([path, text]) => [absolute(path), text] as const);
  const isSource = ([path]: readonly [string, string]) => /\.(?:[cm]?[jt]sx?|py)$/.test(path);
  const paths = new Set(entries.map(([path]) => path));
  const configured = files[configurationName];
  const base =
    configured === undefined ? defaultSettings : mergeSettings(defaultSettings, readConfiguration(configured).settings);
  version += 1;
  return {
    version,
    roots,
    sources: new Map(entries.filter(isSource)),
    configurations: new Map(entries.filter((entry) => !isSource(entry))),
    settings: base === defaultSettings && Object.keys(settings).length === 0 ? plain : mergeSettings(base, settings),
    seen: entries.length,
    exists: (path) => paths.has(path),
  };
}
