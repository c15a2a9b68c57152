import type { PoolerKind } from "../core/profile.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { type Spot, spotAt, stated } from "./evidence.ts";
import type { FoundPooler, FoundUser } from "./found.ts";
import { type ProfilePart, readSetting } from "./settings.ts";
import { readToml } from "./toml.ts";
import { entrySpan, type Tree, treeAt, treeEntries, treeItems, treeText } from "./tree.ts";
import { userDigest } from "./user.ts";

/** Where one of PgCat's or PgDog's own settings goes: PgBouncer's name, and how many of its units make one of PgBouncer's. */
type Names = Readonly<Record<string, readonly [name: string, unit?: "milliseconds"]>>;

const general: Names = {
  idle_client_in_transaction_timeout: ["idle_transaction_timeout", "milliseconds"],
};

const ofPool: Names = {
  pool_mode: ["pool_mode"],
  prepared_statements_cache_size: ["max_prepared_statements"],
};

const ofUser: Names = {
  pool_mode: ["pool_mode"],
  pool_size: ["default_pool_size"],
  min_pool_size: ["min_pool_size"],
};

/** Every PgCat that a TOML file of the workspace configures: one with `[pools.…]` whose pools have users or shards. */
export const poolersOfPgCat = (snapshot: Snapshot): readonly FoundPooler[] =>
  [...snapshot.configurations].flatMap(([path, text]) => {
    if (!path.endsWith(".toml") || !/^\s*\[pools\./m.test(text)) return [];
    const root = readToml(text);
    const pools = treeEntries(treeAt(root, "pools"));
    if (!pools.some(({ value }) => treeAt(value, "users") || treeAt(value, "shards"))) return [];
    const file = { snapshot, path, text };
    const databases = new Map<string, ProfilePart>();
    const users: FoundUser[] = [];
    for (const { key, value } of pools) {
      databases.set(key, readTomlSettings(file, value, ofPool, `[pools.${key}]`));
      for (const user of childrenOf(treeAt(value, "users"))) {
        const name = treeText(treeAt(user, "username"));
        const part = readTomlSettings(file, user, ofUser, `[pools.${key}] user's`);
        if (name !== undefined && Object.keys(part).length > 0)
          users.push({ user: userDigest(name), database: key, part });
      }
    }
    const entry = treeEntries(root).find(({ key }) => key === "general") ?? treeEntries(root)[0];
    const spot = spotAt(snapshot, path, text, entry?.keySpan ?? { start: 0, end: 0 });
    const kind = stated<PoolerKind>("pgcat", spot, "PgCat's configuration");
    const own = readTomlSettings(file, treeAt(root, "general"), general, "[general]");
    return [ownPooler(file, { ...own, ...sameMode([...databases.values()]), kind }, { databases, users, root })];
  });

interface File {
  readonly snapshot: Snapshot;
  readonly path: string;
  readonly text: string;
}

export const ownPooler = (
  { path }: File,
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
  { snapshot, path, text }: File,
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
    part = { ...part, ...found };
  }
  return part;
};

/** What every pool says alike holds for a connection whose database is not known. */
export const sameMode = (parts: readonly ProfilePart[]): ProfilePart => {
  const [first, ...others] = parts;
  const mode = first?.mode;
  return mode && others.every((part) => part.mode?.value === mode.value) ? { mode } : {};
};

/** Items of a list, or values of a map whose keys are numbers: `[[users]]`, `[users.0]`. */
const childrenOf = (value: Tree | undefined): readonly (Tree | undefined)[] =>
  value?.kind === "list" ? treeItems(value) : treeEntries(value).map((entry) => entry.value);
