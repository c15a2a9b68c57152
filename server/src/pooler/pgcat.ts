import type { PoolerKind } from "../core/profile.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { spotAt, stated } from "./evidence.ts";
import type { FoundPooler, FoundUser } from "./found.ts";
import { sameMode } from "./same-mode.ts";
import type { ProfilePart } from "./settings.ts";
import { readToml } from "./toml.ts";
import { type Names, ownPooler, readTomlSettings } from "./toml-pooler.ts";
import { type Tree, treeAt, treeEntries, treeItems, treeText } from "./tree.ts";
import { userDigest } from "./user.ts";

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

/** Items of a list, or values of a map whose keys are numbers: `[[users]]`, `[users.0]`. */
const childrenOf = (value: Tree | undefined): readonly (Tree | undefined)[] =>
  value?.kind === "list" ? treeItems(value) : treeEntries(value).map((entry) => entry.value);
