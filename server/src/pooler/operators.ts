import type { PoolerKind } from "../core/profile.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { spotAt, stated } from "./evidence.ts";
import type { FoundPooler } from "./found.ts";
import { type Manifest, namesOf } from "./manifests.ts";
import { type ProfilePart, readSetting, settingOfKey } from "./settings.ts";
import { entrySpan, type Tree, treeAt, treeEntries, treeText } from "./tree.ts";

/** Where an operator's resource describes its PgBouncer. */
interface Operator {
  readonly kind: string;
  /** The map that is there only with a pooler. */
  readonly at: readonly string[];
  /** Maps below it that hold settings, under PgBouncer's names or the operator's spelling. */
  readonly settings: readonly (readonly string[])[];
  /** What is added to the resource's name for the service. */
  readonly service: string;
}

const operators: readonly Operator[] = [
  // CloudNativePG.
  { kind: "Pooler", at: ["spec", "pgbouncer"], settings: [[], ["parameters"]], service: "" },
  // Crunchy's operator, and Percona's.
  ...["PostgresCluster", "PerconaPGCluster"].map((kind) => ({
    kind,
    at: ["spec", "proxy", "pgBouncer"],
    settings: [["config", "global"]],
    service: "-pgbouncer",
  })),
  // Zalando's: `mode` is its name for the pool mode.
  { kind: "postgresql", at: ["spec", "connectionPooler"], settings: [[]], service: "-pooler" },
];

const spellings: Readonly<Record<string, string>> = { mode: "pool_mode", maxDBConnections: "max_db_connections" };

/** Zalando's operator pools by transaction where the resource does not say. */
const defaultModes: Readonly<Record<string, "transaction">> = { postgresql: "transaction" };

/** The pooler that an operator makes of a resource. */
export const poolerOfOperator = (snapshot: Snapshot, manifest: Manifest): FoundPooler | undefined => {
  const { path, text, root, kind: resource, name } = manifest;
  const operator = operators.find((each) => each.kind === resource && treeAt(root, ...each.at));
  const described = operator && treeAt(root, ...operator.at);
  if (!operator || described?.kind !== "map") return undefined;
  const head = spotAt(snapshot, path, text, described.span);
  let part: ProfilePart = {};
  for (const keys of operator.settings)
    part = { ...part, ...settingsOf(snapshot, manifest, treeAt(described, ...keys)) };
  const mode = defaultModes[resource];
  const kind = stated<PoolerKind>("pgbouncer", head, `${resource} ${name ?? ""}`.trim());
  return {
    path,
    source: "kubernetes",
    part: {
      mode: mode ? stated(mode, head, `sets no mode: ${mode}`) : stated("session", head, "sets no pool mode: session"),
      ...part,
      kind,
    },
    hosts: namesOf({ name: name && name + operator.service, namespace: manifest.namespace }),
    ports: [],
    databases: new Map(),
    users: [],
    settingsElsewhere: false,
  };
};

/** Settings of PgBouncer among the entries of a map, whatever their spelling. */
export const settingsOf = (
  snapshot: Snapshot,
  { path, text }: { readonly path: string; readonly text: string },
  map: Tree | undefined,
): ProfilePart => {
  let part: ProfilePart = {};
  for (const entry of treeEntries(map)) {
    const setting = (Object.hasOwn(spellings, entry.key) ? spellings[entry.key] : undefined) ?? settingOfKey(entry.key);
    const value = treeText(entry.value);
    if (setting === undefined || value === undefined) continue;
    part = { ...part, ...readSetting(setting, value, spotAt(snapshot, path, text, entrySpan(entry)), entry.key) };
  }
  return part;
};
