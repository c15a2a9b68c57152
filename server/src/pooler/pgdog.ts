import type { PoolerKind } from "../core/profile.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { spotAt, stated } from "./evidence.ts";
import type { FoundPooler, FoundUser } from "./found.ts";
import type { ProfilePart } from "./settings.ts";
import { readToml } from "./toml.ts";
import { ownPooler, readTomlSettings } from "./toml-pooler.ts";
import { entrySpan, treeAt, treeEntries, treeItems, treeText } from "./tree.ts";
import { userDigest } from "./user.ts";

const general = {
  pooler_mode: ["pool_mode"],
  default_pool_size: ["default_pool_size"],
  min_pool_size: ["min_pool_size"],
  checkout_timeout: ["query_wait_timeout", "milliseconds"],
  client_idle_timeout: ["client_idle_timeout", "milliseconds"],
  client_idle_in_transaction_timeout: ["idle_transaction_timeout", "milliseconds"],
} as const;

const ofOne = {
  pooler_mode: ["pool_mode"],
  pool_size: ["default_pool_size"],
  min_pool_size: ["min_pool_size"],
  client_idle_timeout: ["client_idle_timeout", "milliseconds"],
} as const;

/** Every PgDog that the workspace configures: a `pgdog.toml`, with the `users.toml` beside it. */
export const poolersOfPgDog = (snapshot: Snapshot): readonly FoundPooler[] =>
  [...snapshot.configurations].flatMap(([path, text]) => {
    if (!/(?:^|\/)[^/]*pgdog[^/]*\.toml$/i.test(path)) return [];
    const root = readToml(text);
    const entry = treeEntries(root).find(({ key }) => key === "general" || key === "databases");
    if (!entry) return [];
    const file = { snapshot, path, text };
    const databases = new Map<string, ProfilePart>();
    for (const database of treeItems(treeAt(root, "databases"))) {
      const name = treeText(treeAt(database, "name"));
      if (name !== undefined)
        databases.set(name, {
          ...databases.get(name),
          ...readTomlSettings(file, database, ofOne, `[databases] ${name}`),
        });
    }
    const users: FoundUser[] = [];
    const besidePath = `${path.slice(0, path.lastIndexOf("/"))}/users.toml`;
    const beside = snapshot.configurations.get(besidePath);
    const userFile = { snapshot, path: besidePath, text: beside ?? "" };
    for (const user of beside === undefined ? [] : treeItems(treeAt(readToml(beside), "users"))) {
      const name = treeText(treeAt(user, "name"));
      const database = treeText(treeAt(user, "database"));
      const part = readTomlSettings(userFile, user, ofOne, "[users]");
      if (name !== undefined && Object.keys(part).length > 0)
        users.push({ user: userDigest(name), part, ...(database === undefined ? {} : { database }) });
    }
    const spot = spotAt(snapshot, path, text, entry.keySpan);
    const kind = stated<PoolerKind>("pgdog", spot, "PgDog's configuration");
    const own = readTomlSettings(file, treeAt(root, "general"), general, "[general]");
    return [ownPooler(file, { ...own, ...statements(snapshot, path, text), kind }, { databases, users, root })];
  });

/** `prepared_statements = "disabled"` takes away what PgDog does by itself. */
const statements = (snapshot: Snapshot, path: string, text: string): ProfilePart => {
  const entry = treeEntries(treeAt(readToml(text), "general")).find(({ key }) => key === "prepared_statements");
  if (!entry || treeText(entry.value) !== "disabled") return {};
  const spot = spotAt(snapshot, path, text, entrySpan(entry));
  return { maxPreparedStatements: stated(0, spot, "[general] prepared_statements=disabled") };
};
