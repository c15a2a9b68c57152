import { findNodeAtLocation, type Node, parseTree } from "jsonc-parser";
import type { Evidenced, Profile } from "../core/profile.ts";
import type { Settings } from "../core/settings.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { readVersion } from "../core/version.ts";
import { spotAt } from "./evidence.ts";
import type { ProfilePart } from "./settings.ts";

type PoolerSettings = Settings["pooler"];

/** What people decided, in `bouncer-safe.json` or the editor's settings. It goes before everything that is found. */
export const decidedPart = (snapshot: Snapshot): ProfilePart => {
  const { pooler } = snapshot.settings;
  if (Object.keys(pooler).length === 0) return {};
  const files = [...snapshot.configurations]
    .filter(([path]) => path.endsWith("/bouncer-safe.json"))
    .map(([path, text]) => ({ path, text, tree: parseTree(text) }));
  const part: Partial<Record<keyof Profile, Evidenced<unknown>>> = {};
  for (const key of Object.keys(into) as (keyof PoolerSettings)[]) {
    const given = pooler[key];
    if (given === undefined) continue;
    const value = key === "version" ? readVersion(String(given)) : given;
    if (value !== undefined) part[into[key]] = evidenceOf(snapshot, files, key, value, given);
  }
  return part as ProfilePart;
};

/** Every setting has its value in the profile: a new one does not compile until it has its line here. */
const into: Readonly<Record<keyof PoolerSettings, keyof Profile>> = {
  kind: "kind",
  mode: "mode",
  version: "version",
  maxPreparedStatements: "maxPreparedStatements",
  ignoreStartupParameters: "ignoreStartupParameters",
  trackExtraParameters: "trackExtraParameters",
  clientIdleTimeout: "clientIdleTimeout",
  queryWaitTimeout: "queryWaitTimeout",
  idleTransactionTimeout: "idleTransactionTimeout",
  defaultPoolSize: "defaultPoolSize",
  minPoolSize: "minPoolSize",
  reservePoolSize: "reservePoolSize",
  maxDbConnections: "maxDbConnections",
  maxUserConnections: "maxUserConnections",
  maxClientConnections: "maxClientConnections",
  serverResetQueryAlways: "serverResetQueryAlways",
};

const evidenceOf = (
  snapshot: Snapshot,
  files: readonly { readonly path: string; readonly text: string; readonly tree: Node | undefined }[],
  key: keyof PoolerSettings,
  value: unknown,
  given: PoolerSettings[keyof PoolerSettings],
): Evidenced<unknown> => {
  const shown = String(given);
  for (const { path, text, tree } of files) {
    const node = tree && findNodeAtLocation(tree, ["pooler", key]);
    if (
      !node ||
      text.slice(node.offset, node.offset + node.length).replace(/[\s"[\]]/g, "") !== shown.replace(/\s/g, "")
    )
      continue;
    const start = node.parent?.offset ?? node.offset;
    const spot = spotAt(snapshot, path, text, { start, end: node.offset + node.length });
    return { value, strength: "stated", words: `${spot.words} pooler.${key}=${shown}`, place: spot.place };
  }
  return { value, strength: "stated", words: `settings: pooler.${key}=${shown}` };
};
