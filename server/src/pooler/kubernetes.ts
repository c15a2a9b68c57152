import type { PoolerKind } from "../core/profile.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { type EnvironmentUrl, urlOfVariable } from "./environment-files.ts";
import { spotAt, stated } from "./evidence.ts";
import type { FoundPooler } from "./found.ts";
import { kindOfImage, partOfContainer } from "./images.ts";
import { poolerOfIniText } from "./ini-inside.ts";
import { isManifest, type Manifest, manifestsOf, namesOf } from "./manifests.ts";
import { poolerOfOperator } from "./operators.ts";
import { entrySpan, type Tree, type TreeEntry, treeAt, treeEntries, treeItems, treeText } from "./tree.ts";

export interface KubernetesFiles {
  readonly poolers: readonly FoundPooler[];
  readonly urls: readonly EnvironmentUrl[];
}

/** Poolers and database URLs of every Kubernetes manifest: workloads, the ConfigMaps and Secrets that they are given, Services, operators' kinds. */
export const readKubernetes = (snapshot: Snapshot): KubernetesFiles => {
  const cluster = manifestsOf(snapshot).filter(isManifest);
  const used = new Set<Manifest>();
  const urls: EnvironmentUrl[] = [];
  const poolers: FoundPooler[] = [];
  for (const manifest of cluster) {
    const operated = poolerOfOperator(snapshot, manifest);
    if (operated) poolers.push(operated);
    const pod = podOf(manifest);
    if (!pod) continue;
    for (const container of [...treeItems(treeAt(pod, "initContainers")), ...treeItems(treeAt(pod, "containers"))]) {
      const variables = variablesOf(container, manifest, cluster);
      const image = treeAt(container, "image");
      const kind = image?.kind === "text" ? kindOfImage(image.text) : undefined;
      if (kind && image?.kind === "text") {
        const pooler = containerOf(snapshot, manifest, container, { kind, image, variables });
        const given = mountedBy(pod, manifest, cluster);
        for (const each of given) used.add(each);
        const ini = given.flatMap((each) => inisOf(snapshot, each))[0];
        const services = servicesOf(manifest, cluster);
        const hosts = services.flatMap((service) => namesOf(service));
        const ports = services.flatMap((service) =>
          portsOf(treeAt(service.root, "spec", "ports"), ["port", "nodePort"]),
        );
        poolers.push({
          ...pooler,
          ...(ini
            ? {
                path: ini.path,
                part: { ...pooler.part, ...ini.part },
                databases: ini.databases,
                users: ini.users,
              }
            : {}),
          hosts,
          ports: [...new Set([...pooler.ports, ...(ini?.ports ?? []), ...ports])],
        });
      } else
        for (const { name, value, path, span } of variables) {
          const url = urlOfVariable(name, value, path, span);
          const folder = path.slice(0, path.lastIndexOf("/") + 1);
          if (url) urls.push({ name, url, folder, rank: manifestRank, example: false });
        }
    }
  }
  const loose = cluster.filter((manifest) => !used.has(manifest)).flatMap((manifest) => inisOf(snapshot, manifest));
  return { poolers: [...poolers, ...loose], urls };
};

/** What runs in a cluster counts where nothing nearer to the developer says otherwise. */
const manifestRank = 40;

interface Variable {
  readonly name: string;
  /** May be a secret. */
  readonly value: string;
  readonly path: string;
  readonly text: string;
  readonly span: { readonly start: number; readonly end: number };
}

/** The pod of a workload; undefined for any other kind. */
const podOf = ({ kind, root }: Manifest): Tree | undefined => {
  if (kind === "Pod") return treeAt(root, "spec");
  if (kind === "CronJob") return treeAt(root, "spec", "jobTemplate", "spec", "template", "spec");
  return treeAt(root, "spec", "template", "spec");
};

const containerOf = (
  snapshot: Snapshot,
  { path, text }: Manifest,
  container: Tree,
  known: {
    readonly kind: PoolerKind;
    readonly image: Tree & { readonly kind: "text" };
    readonly variables: readonly Variable[];
  },
): FoundPooler => {
  const { kind, image, variables } = known;
  const mounts = treeItems(treeAt(container, "volumeMounts")).flatMap(
    (mount) => treeText(treeAt(mount, "mountPath")) ?? [],
  );
  const isGivenIni = mounts.some((mount) => /pgbouncer|\.ini$/.test(mount));
  return {
    path,
    source: "kubernetes",
    part: partOfContainer(stated(kind, spotAt(snapshot, path, text, image.span), `image ${image.text}`), {
      image: image.text,
      variables: variables.map((each) => ({
        name: each.name,
        value: each.value,
        spot: spotAt(snapshot, each.path, each.text, each.span),
      })),
      settingsElsewhere: isGivenIni,
    }),
    hosts: [],
    ports: [
      ...portsOf(treeAt(container, "ports"), ["containerPort"]),
      ...variables
        .filter(({ name }) => /^(?:PGBOUNCER_)?(?:LISTEN_)?PORT$/.test(name))
        .map(({ value }) => Number(value)),
    ].filter((port) => Number.isInteger(port)),
    databases: new Map(),
    users: [],
    settingsElsewhere: isGivenIni,
  };
};

/** `env` and `envFrom`, with what ConfigMaps and Secrets of the workspace hold. */
const variablesOf = (container: Tree, manifest: Manifest, cluster: readonly Manifest[]): readonly Variable[] => {
  const whole = treeItems(treeAt(container, "envFrom")).flatMap((source) => {
    const config = treeText(treeAt(source, "configMapRef", "name"));
    const secret = treeText(treeAt(source, "secretRef", "name"));
    const data =
      config === undefined
        ? dataOf("Secret", secret, manifest, cluster)
        : dataOf("ConfigMap", config, manifest, cluster);
    const prefix = treeText(treeAt(source, "prefix")) ?? "";
    return data.map((each) => ({ ...each, name: prefix + each.name }));
  });
  const single = treeItems(treeAt(container, "env")).flatMap((item): readonly Variable[] => {
    const name = treeText(treeAt(item, "name"));
    if (name === undefined) return [];
    const value = treeAt(item, "value");
    if (value?.kind === "text")
      return [{ name, value: value.text, path: manifest.path, text: manifest.text, span: item.span }];
    for (const [kind, key] of [
      ["ConfigMap", "configMapKeyRef"],
      ["Secret", "secretKeyRef"],
    ] as const) {
      const reference = treeAt(item, "valueFrom", key);
      const wanted = treeText(treeAt(reference, "key"));
      const held = dataOf(kind, treeText(treeAt(reference, "name")), manifest, cluster);
      const found = held.find((each) => each.name === wanted);
      if (found) return [{ ...found, name }];
    }
    // That it is there is known, its value is not.
    return [{ name, value: "", path: manifest.path, text: manifest.text, span: item.span }];
  });
  return [...whole, ...single];
};

/** The entries of a ConfigMap or Secret, the one of the same file before any other of its name. */
const dataOf = (
  kind: "ConfigMap" | "Secret",
  name: string | undefined,
  { path }: Manifest,
  cluster: readonly Manifest[],
): readonly Variable[] => {
  const named = cluster.filter((each) => each.kind === kind && each.name === name && name !== undefined);
  const found = named.find((each) => each.path === path) ?? named[0];
  if (!found) return [];
  const entriesOf = (key: string, read: (value: string) => string): readonly Variable[] =>
    treeEntries(treeAt(found.root, key)).flatMap((entry) =>
      entry.value?.kind === "text"
        ? [
            {
              name: entry.key,
              value: read(entry.value.text),
              path: found.path,
              text: found.text,
              span: entrySpan(entry),
            },
          ]
        : [],
    );
  const plain = entriesOf("data", (value) => (kind === "Secret" ? fromBase64(value) : value));
  return [...plain, ...entriesOf("stringData", (value) => value)];
};

const fromBase64 = (text: string): string => {
  const clean = text.replace(/\s/g, "");
  return /^[A-Za-z0-9+/]*={0,2}$/.test(clean) ? Buffer.from(clean, "base64").toString("utf8") : "";
};

/** ConfigMaps and Secrets that are volumes of the pod. */
const mountedBy = (pod: Tree, { path }: Manifest, cluster: readonly Manifest[]): readonly Manifest[] =>
  treeItems(treeAt(pod, "volumes")).flatMap((volume) => {
    const sources = [volume, ...treeItems(treeAt(volume, "projected", "sources"))];
    return sources.flatMap((source) => {
      const config = treeText(treeAt(source, "configMap", "name"));
      const secret = treeText(treeAt(source, "secret", "secretName")) ?? treeText(treeAt(source, "secret", "name"));
      const named = cluster.filter(
        (each) =>
          (each.kind === "ConfigMap" && each.name === config && config !== undefined) ||
          (each.kind === "Secret" && each.name === secret && secret !== undefined),
      );
      return named.find((each) => each.path === path) ?? named[0] ?? [];
    });
  });

/** The PgBouncer of each ini that a ConfigMap or Secret holds. */
const inisOf = (snapshot: Snapshot, { kind, path, text, root }: Manifest): readonly FoundPooler[] => {
  if (kind !== "ConfigMap" && kind !== "Secret") return [];
  const entries: readonly TreeEntry[] = [
    ...treeEntries(treeAt(root, "data")),
    ...treeEntries(treeAt(root, "stringData")),
  ];
  return entries.flatMap((entry) => {
    const { value } = entry;
    if (value?.kind !== "text") return [];
    const isEncoded = kind === "Secret" && treeAt(root, "data", entry.key) === value;
    const decoded = isEncoded ? fromBase64(value.text) : undefined;
    const found = poolerOfIniText(snapshot, { path, text }, value, decoded);
    return found ? [{ ...found, source: "kubernetes" as const }] : [];
  });
};

/** Services that select the pods of a workload. */
const servicesOf = ({ kind, root }: Manifest, cluster: readonly Manifest[]): readonly Manifest[] => {
  const labels = treeEntries(treeAt(root, ...(kind === "Pod" ? [] : ["spec", "template"]), "metadata", "labels"));
  return cluster.filter((service) => {
    const selector = treeEntries(treeAt(service.root, "spec", "selector"));
    return (
      service.kind === "Service" &&
      selector.length > 0 &&
      selector.every(({ key, value }) =>
        labels.some((label) => label.key === key && treeText(label.value) === treeText(value)),
      )
    );
  });
};

const portsOf = (ports: Tree | undefined, keys: readonly string[]): readonly number[] =>
  treeItems(ports)
    .flatMap((port) => keys.map((key) => Number(treeText(treeAt(port, key)))))
    .filter((port) => Number.isInteger(port) && port > 0);
