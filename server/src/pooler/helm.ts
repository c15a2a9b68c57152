import type { PoolerKind } from "../core/profile.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { spotAt, stated } from "./evidence.ts";
import type { FoundPooler } from "./found.ts";
import { kindOfImage, partOfContainer } from "./images.ts";
import { poolerOfIniText } from "./ini-inside.ts";
import { type Document, isManifest, type Manifest, manifestsOf } from "./manifests.ts";
import { settingsOf } from "./operators.ts";
import { entrySpan, type Tree, type TreeEntry, treeAt, treeEntries, treeItems, treeText } from "./tree.ts";

/** Poolers in the values of charts: an ini as a text, or settings below a key that names the pooler. */
export const poolersOfHelmValues = (snapshot: Snapshot): readonly FoundPooler[] =>
  manifestsOf(snapshot).flatMap((document) => [...poolersIn(snapshot, document, valuesOf(document), 0)]);

/** By the file's name; or what Flux and Argo CD give to a chart. A workflow that starts a pooler for its tests says nothing of production. */
const valuesOf = (document: Document | Manifest): Tree | undefined => {
  const { path, root } = document;
  if (!isManifest(document)) return /(?:^|[/.-])values(?:[.-][^/]*)?\.ya?ml$/.test(path) ? root : undefined;
  if (document.kind === "HelmRelease") return treeAt(root, "spec", "values");
  return document.kind === "Application" ? treeAt(root, "spec", "source", "helm", "valuesObject") : undefined;
};

const named: readonly (readonly [RegExp, PoolerKind])[] = [
  [/^pg-?bouncer$/i, "pgbouncer"],
  [/^pgcat$/i, "pgcat"],
  [/^pgdog$/i, "pgdog"],
  [/^odyssey$/i, "odyssey"],
];

function* poolersIn(
  snapshot: Snapshot,
  document: Document,
  tree: Tree | undefined,
  depth: number,
): Generator<FoundPooler> {
  if (depth > 20) return;
  for (const item of treeItems(tree)) yield* poolersIn(snapshot, document, item, depth + 1);
  for (const entry of treeEntries(tree)) {
    const { value } = entry;
    const kind = named.find(([name]) => name.test(entry.key))?.[1];
    if (value?.kind === "text") {
      const found = poolerOfIniText(snapshot, document, value);
      if (found) yield { ...found, source: "helm" };
    } else if (kind && value?.kind === "map") {
      const found = poolerOf(snapshot, document, entry, kind);
      if (found) yield found;
    } else yield* poolersIn(snapshot, document, value, depth + 1);
  }
}

/** The values below `pgbouncer:`; undefined where they are switched off, or say nothing of it. */
const poolerOf = (
  snapshot: Snapshot,
  document: Document,
  entry: TreeEntry,
  kind: PoolerKind,
): FoundPooler | undefined => {
  const { path, text } = document;
  const { value } = entry;
  if (treeText(treeAt(value, "enabled")) === "false") return undefined;
  const inside = [...poolersIn(snapshot, document, value, 0)][0];
  const maps = [value, ...["config", "settings", "configuration", "parameters"].map((key) => treeAt(value, key))];
  const settings = maps.map((map) => settingsOf(snapshot, document, map));
  const part = Object.assign({}, ...settings) as ReturnType<typeof settingsOf>;
  const image = imageOf(value);
  if (!inside && Object.keys(part).length === 0 && !image) return undefined;
  const spot = spotAt(snapshot, path, text, entry.keySpan);
  const ofImage = image
    ? partOfContainer(stated(kind, spotAt(snapshot, path, text, image.span), `image ${image.name}`), {
        image: image.name,
        variables: variablesOf(snapshot, document, value),
        // A chart writes the ini itself: what the image does without one is of no interest.
        settingsElsewhere: true,
      })
    : { kind: stated(kind, spot, entry.key) };
  return {
    path,
    source: "helm",
    part: { ...ofImage, ...part, ...inside?.part },
    hosts: [],
    ports: inside?.ports ?? [],
    databases: inside?.databases ?? new Map(),
    users: inside?.users ?? [],
    settingsElsewhere: false,
  };
};

/** `image: edoburu/pgbouncer:1.23.1`, or `image: { repository, tag }`. */
const imageOf = (value: Tree | undefined) => {
  const entry = treeEntries(value).find(({ key }) => key === "image");
  const whole = treeText(entry?.value);
  const repository = treeText(treeAt(entry?.value, "repository"));
  const tag = treeText(treeAt(entry?.value, "tag"));
  const name = whole ?? (repository === undefined || tag === undefined ? repository : `${repository}:${tag}`);
  return entry && name !== undefined && kindOfImage(name) ? { name, span: entrySpan(entry) } : undefined;
};

/** `env` as a map, or as a list of names and values. */
const variablesOf = (snapshot: Snapshot, { path, text }: Document, value: Tree | undefined) => {
  const env = treeAt(value, "env") ?? treeAt(value, "extraEnvVars");
  const listed = treeItems(env).map((item) => ({
    name: treeText(treeAt(item, "name")),
    value: treeText(treeAt(item, "value")),
    span: item.span,
  }));
  const mapped = treeEntries(env).map((entry) => ({
    name: entry.key,
    value: treeText(entry.value),
    span: entrySpan(entry),
  }));
  return [...listed, ...mapped].flatMap(({ name, value: given, span }) =>
    name === undefined || given === undefined ? [] : [{ name, value: given, spot: spotAt(snapshot, path, text, span) }],
  );
};
