import type { Snapshot } from "../core/snapshot.ts";
import { type ComposeFile, type ComposePooler, readComposeFiles } from "./compose.ts";
import { poolersOfDockerfiles } from "./dockerfile.ts";
import type { FoundPooler } from "./found.ts";
import { poolersOfIniFiles } from "./ini-poolers.ts";

export interface WorkspacePoolers {
  /** The best described first. */
  readonly poolers: readonly FoundPooler[];
  readonly compose: readonly ComposeFile[];
  /** Host names that are a PostgreSQL server beside a pooler: whoever connects to one goes past the pooler. */
  readonly databaseHosts: ReadonlySet<string>;
}

/** The poolers that the files of a workspace set up. A container and the ini that it is given are one. */
export const findPoolers = (snapshot: Snapshot): WorkspacePoolers => {
  const inis = poolersOfIniFiles(snapshot);
  const dockerfiles = poolersOfDockerfiles(snapshot);
  const compose = readComposeFiles(snapshot);
  const used = new Set<FoundPooler>();
  const containers = compose
    .flatMap(({ poolers }) => poolers)
    .map((container) => {
      const parts = partsOf(container, inis, dockerfiles);
      for (const part of parts) used.add(part);
      return parts.reduce(combine, container as FoundPooler);
    });
  // The image of a Dockerfile reads the ini beside it.
  const images = dockerfiles
    .filter((dockerfile) => !used.has(dockerfile))
    .map((dockerfile) => {
      const beside = dockerfile.settingsElsewhere
        ? inis.filter(({ path }) => folderOf(path) === folderOf(dockerfile.path))
        : [];
      for (const ini of beside) used.add(ini);
      return beside.reduce(combine, dockerfile);
    });
  const alone = inis.filter((ini) => !used.has(ini));
  return {
    poolers: [...containers, ...images, ...alone].sort(byWorth),
    compose,
    databaseHosts: new Set(compose.filter(({ poolers }) => poolers.length > 0).flatMap(({ databases }) => databases)),
  };
};

/** The ini and the Dockerfile of a container: mounted, built, or the only ini where the container shows no settings. */
const partsOf = (
  container: ComposePooler,
  inis: readonly FoundPooler[],
  dockerfiles: readonly FoundPooler[],
): readonly FoundPooler[] => {
  const given = [...dockerfiles, ...inis].filter(({ path }) =>
    container.files.some((file) => path === file || path.startsWith(`${file}/`)),
  );
  const hasIni = given.some(({ source }) => source === "ini");
  const [only] = inis;
  const takesOnly =
    !hasIni && inis.length === 1 && only && container.settingsElsewhere && container.part.kind.value === "pgbouncer";
  return takesOnly ? [...given, only] : given;
};

/** The ini decides over the container's variables; the container has the version, the names and the published ports. */
const combine = (container: FoundPooler, part: FoundPooler): FoundPooler => {
  const isIni = part.source === "ini";
  return {
    path: isIni ? part.path : container.path,
    source: isIni ? "ini" : container.source,
    part: isIni ? { ...container.part, ...part.part } : { ...part.part, ...container.part },
    hosts: [...container.hosts, ...part.hosts],
    ports: [...new Set([...container.ports, ...part.ports])],
    databases: isIni ? part.databases : container.databases,
    settingsElsewhere: false,
  };
};

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));

const sources: readonly FoundPooler["source"][] = ["ini", "compose", "dockerfile"];

const byWorth = (a: FoundPooler, b: FoundPooler): number =>
  Number(isSample(a.path)) - Number(isSample(b.path)) ||
  sources.indexOf(a.source) - sources.indexOf(b.source) ||
  a.path.split("/").length - b.path.split("/").length ||
  (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);

/** Not what runs in production. */
const isSample = (path: string): boolean =>
  /(?:^|\/)(?:tests?|__tests__|e2e|spec|fixtures?|examples?|samples?|docs?|bench(?:mark)?s?)\//i.test(path) ||
  /[.-](?:test|e2e|ci|example|sample)\.[^/]+$/i.test(path);
