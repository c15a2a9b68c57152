import type { Evidenced } from "../core/profile.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { type Spot, spotAt } from "./evidence.ts";
import type { FoundPooler } from "./found.ts";
import { type ProfilePart, readSetting } from "./settings.ts";
import { entrySpan, type Tree, treeAt, treeEntries, treeText } from "./tree.ts";

/** Where one of PgCat's or PgDog's own settings goes: PgBouncer's name, and how many of its units make one of PgBouncer's. */
export type Names = Readonly<Record<string, readonly [name: string, unit?: "milliseconds"]>>;

/** A TOML file that configures a pooler. */
export interface TomlFile {
  readonly snapshot: Snapshot;
  readonly path: string;
  readonly text: string;
}

/** A pooler that is configured by a file of its own; its port stands in `[general]`. */
export const ownPooler = (
  { path }: TomlFile,
  part: FoundPooler["part"],
  { databases, users, root }: Pick<FoundPooler, "databases" | "users"> & { readonly root: Tree },
): FoundPooler => {
  const port = Number(treeText(treeAt(root, "general", "port")) ?? 6432);
  return {
    path,
    source: "own",
    part,
    hosts: [],
    ports: Number.isInteger(port) ? [port] : [],
    databases,
    users,
    settingsElsewhere: false,
  };
};

/** What the keys of a table say, under PgBouncer's names. */
export const readTomlSettings = (
  { snapshot, path, text }: TomlFile,
  table: Tree | undefined,
  names: Names,
  owner: string,
): ProfilePart => {
  let part: ProfilePart = {};
  for (const entry of treeEntries(table)) {
    const [name, unit] = (Object.hasOwn(names, entry.key) && names[entry.key]) || [];
    const written = treeText(entry.value)?.replaceAll("_", "");
    if (name === undefined || written === undefined) continue;
    const value = unit === "milliseconds" && /^\d+$/.test(written) ? String(Number(written) / 1000) : written;
    const spot: Spot = spotAt(snapshot, path, text, entrySpan(entry));
    const found = readSetting(name, value.toLowerCase(), spot, `${owner} ${entry.key}`);
    // The words show the value as it is written there, in its own unit.
    for (const [key, evidence] of Object.entries<Evidenced<unknown>>(found))
      part = { ...part, [key]: { ...evidence, words: `${spot.words} ${owner} ${entry.key}=${treeText(entry.value)}` } };
  }
  return part;
};
