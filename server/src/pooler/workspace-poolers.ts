import type { Snapshot } from "../core/snapshot.ts";
import { type ComposeFile, readComposeFiles } from "./compose.ts";
import { poolersOfDockerfiles } from "./dockerfile.ts";
import type { EnvironmentUrl } from "./environment-files.ts";
import type { FoundContainer, FoundPooler } from "./found.ts";
import { poolersOfHelmValues } from "./helm.ts";
import { poolersOfIniFiles } from "./ini-poolers.ts";
import { readKubernetes } from "./kubernetes.ts";
import { poolersOfOdyssey } from "./odyssey.ts";
import { poolersOfPgCat } from "./pgcat.ts";
import { poolersOfPgDog } from "./pgdog.ts";
import { poolersOfTerraform } from "./terraform.ts";
import { bindingsOfWrangler } from "./wrangler.ts";

export interface WorkspacePoolers {
  /** The best described first. */
  readonly poolers: readonly FoundPooler[];
  readonly compose: readonly ComposeFile[];
  /** Database URLs that manifests give to their containers. */
  readonly urls: readonly EnvironmentUrl[];
  /** PostgreSQL servers beside a pooler, by host name and by port of this machine: whoever connects to one goes past the pooler. */
  readonly databases: { readonly hosts: ReadonlySet<string>; readonly ports: ReadonlyMap<number, string> };
}

/** The poolers that the files of a workspace set up. A container and the configuration that it is given are one. */
export const findPoolers = (snapshot: Snapshot): WorkspacePoolers => {
  const configurations = [
    ...poolersOfIniFiles(snapshot),
    ...poolersOfPgCat(snapshot),
    ...poolersOfPgDog(snapshot),
    ...poolersOfOdyssey(snapshot),
  ];
  const dockerfiles = poolersOfDockerfiles(snapshot);
  const compose = readComposeFiles(snapshot);
  const cluster = readKubernetes(snapshot);
  const used = new Set<FoundPooler>();
  const combined = (container: FoundContainer): FoundPooler => {
    const parts = partsOf(container, configurations, dockerfiles);
    for (const part of parts) used.add(part);
    return parts.reduce(combine, container as FoundPooler);
  };
  const containers = compose.flatMap(({ poolers }) => poolers).map(combined);
  // The image of a Dockerfile reads the configuration beside it.
  const images = dockerfiles
    .filter((dockerfile) => !used.has(dockerfile))
    .map((dockerfile) => {
      const beside = dockerfile.settingsElsewhere
        ? configurations.filter(
            ({ path, part }) =>
              folderOf(path) === folderOf(dockerfile.path) && part.kind.value === dockerfile.part.kind.value,
          )
        : [];
      for (const configuration of beside) used.add(configuration);
      return beside.reduce(combine, dockerfile);
    });
  // A pod whose settings are in no manifest has them from the only ini that there is: a generated ConfigMap.
  const pods = cluster.poolers.map((pod) => combined({ ...pod, files: [] }));
  const alone = configurations.filter((configuration) => !used.has(configuration));
  const others = [...poolersOfTerraform(snapshot), ...poolersOfHelmValues(snapshot), ...bindingsOfWrangler(snapshot)];
  const beside = compose.filter(({ poolers }) => poolers.length > 0).flatMap(({ databases }) => databases);
  return {
    poolers: [...containers, ...pods, ...images, ...alone, ...others].sort(byWorth),
    compose,
    urls: cluster.urls,
    databases: {
      hosts: new Set(beside.map(({ name }) => name)),
      ports: new Map(beside.flatMap(({ name, published }) => published.map((port) => [port, name] as const))),
    },
  };
};

/** The configuration and the Dockerfile of a container: mounted, built, or the only one of its kind where the container shows no settings. */
const partsOf = (
  container: FoundContainer,
  configurations: readonly FoundPooler[],
  dockerfiles: readonly FoundPooler[],
): readonly FoundPooler[] => {
  const { kind } = container.part;
  const given = [...dockerfiles, ...configurations].filter(({ path }) =>
    container.files.some((file) => path === file || path.startsWith(`${file}/`)),
  );
  const ofKind = configurations.filter(({ part }) => part.kind.value === kind.value);
  const [only] = ofKind;
  const isConfigured = given.some((each) => configurations.includes(each));
  return !isConfigured && ofKind.length === 1 && only && container.settingsElsewhere ? [...given, only] : given;
};

/** The configuration decides over the container's variables; the container has the version, the names and the published ports. */
const combine = (container: FoundPooler, part: FoundPooler): FoundPooler => {
  const decides = part.source === "ini" || part.source === "own";
  return {
    path: decides ? part.path : container.path,
    source: decides ? part.source : container.source,
    part: decides ? { ...container.part, ...part.part } : { ...part.part, ...container.part },
    hosts: [...container.hosts, ...part.hosts],
    ports: [...new Set([...container.ports, ...part.ports])],
    databases: decides ? part.databases : container.databases,
    users: decides ? part.users : container.users,
    settingsElsewhere: false,
  };
};

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));

/** The best described first. */
const sources: readonly FoundPooler["source"][] = [
  "ini",
  "own",
  "kubernetes",
  "compose",
  "terraform",
  "helm",
  "dockerfile",
  "binding",
];

const byWorth = (a: FoundPooler, b: FoundPooler): number =>
  Number(isSample(a.path)) - Number(isSample(b.path)) ||
  sources.indexOf(a.source) - sources.indexOf(b.source) ||
  a.path.split("/").length - b.path.split("/").length ||
  (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);

/** Not what runs in production. */
const isSample = (path: string): boolean =>
  /(?:^|\/)(?:tests?|__tests__|e2e|spec|fixtures?|examples?|samples?|docs?|bench(?:mark)?s?)\//i.test(path) ||
  /[.-](?:test|e2e|ci|example|sample)\.[^/]+$/i.test(path) ||
  /(?:^|\/)(?:example|sample)\.[^/]+$/i.test(path);
