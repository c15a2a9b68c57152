import type { UrlFacts } from "../core/model.ts";
import type { Evidenced, PoolerKind } from "../core/profile.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { Span } from "../core/text.ts";
import { expand, urlOfVariable, valuesBeside } from "./environment-files.ts";
import { spotAt, stated } from "./evidence.ts";
import type { FoundContainer } from "./found.ts";
import { kindOfImage, partOfContainer } from "./images.ts";
import { type Tree, treeAt, treeEntries, treeItems, treeText } from "./tree.ts";
import { unknownSign } from "./url.ts";
import { readYaml } from "./yaml.ts";

/** A variable of a service that is no pooler itself. */
export interface ComposeUrl {
  readonly name: string;
  readonly url: UrlFacts;
  /** The service's source folder, with a `/` at its end; the compose file's own where it is not built here. */
  readonly folder: string;
}

export interface ComposeFile {
  readonly path: string;
  readonly poolers: readonly FoundContainer[];
  readonly urls: readonly ComposeUrl[];
  /** The services that are a PostgreSQL server: their names, and the ports of this machine that lead to them. */
  readonly databases: readonly { readonly name: string; readonly published: readonly number[] }[];
}

export const isComposeFile = (path: string): boolean => /(?:^|\/)(?:docker-)?compose(?:[.-][^/]+)?\.ya?ml$/.test(path);

/** Poolers and database URLs of every compose file. */
export const readComposeFiles = (snapshot: Snapshot): readonly ComposeFile[] =>
  [...snapshot.configurations]
    .filter(([path]) => isComposeFile(path))
    .map(([path, text]) => readComposeFile(snapshot, path, text));

interface Service {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Tree | undefined;
  readonly variables: readonly Variable[];
}

interface Variable {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
}

const readComposeFile = (snapshot: Snapshot, path: string, text: string): ComposeFile => {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const values = valuesBeside(snapshot, folder);
  const fill = (raw: string): string => expand(raw, (name) => values.get(name));
  const root = readYaml(text);
  const services = treeEntries(treeAt(root, "services")).map(
    ({ key, keySpan, value }): Service => ({
      name: key,
      nameSpan: keySpan,
      value,
      variables: variablesOf(treeAt(value, "environment"), fill),
    }),
  );
  const poolers: FoundContainer[] = [];
  const urls: ComposeUrl[] = [];
  for (const service of services) {
    const kind = kindOfService(snapshot, path, text, service, fill);
    if (kind) poolers.push(poolerOf(snapshot, { path, text, folder, root }, service, kind, fill));
    else urls.push(...urlsOf(path, folder, service, fill));
  }
  return {
    path,
    poolers,
    urls,
    databases: services
      .filter((service) => isDatabase(service, fill))
      .map((service) => ({ name: service.name, published: publishedPorts(service, fill) })),
  };
};

const isDatabase = ({ value }: Service, fill: (raw: string) => string): boolean => {
  const image = treeText(treeAt(value, "image"));
  return (
    image !== undefined &&
    /(?:^|\/)(?:postgres(?:ql)?|postgis|timescaledb(?:-ha)?|pgvector)(?::|@|$)/i.test(fill(image))
  );
};

const variablesOf = (environment: Tree | undefined, fill: (raw: string) => string): readonly Variable[] => {
  if (environment?.kind === "list")
    return environment.items.flatMap((item) => {
      const [name = "", ...rest] = item.kind === "text" ? item.text.split("=") : [];
      return name === "" || rest.length === 0 ? [] : [{ name, value: fill(rest.join("=")), span: item.span }];
    });
  return treeEntries(environment).flatMap(({ key, keySpan, value }) =>
    value?.kind === "text"
      ? [{ name: key, value: fill(value.text), span: { start: keySpan.start, end: value.span.end } }]
      : [],
  );
};

/** By its image; a service that is built here by its name. */
const kindOfService = (
  snapshot: Snapshot,
  path: string,
  text: string,
  service: Service,
  fill: (raw: string) => string,
): Evidenced<PoolerKind> | undefined => {
  const image = treeAt(service.value, "image");
  if (image?.kind === "text") {
    const name = fill(image.text);
    const kind = kindOfImage(name);
    return kind && stated(kind, spotAt(snapshot, path, text, image.span), `image ${name.replaceAll(unknownSign, "…")}`);
  }
  const kind = treeAt(service.value, "build") ? kindOfImage(service.name) : undefined;
  return kind && stated(kind, spotAt(snapshot, path, text, service.nameSpan), `service ${service.name}`);
};

interface File {
  readonly path: string;
  readonly text: string;
  readonly folder: string;
  readonly root: Tree | undefined;
}

const poolerOf = (
  snapshot: Snapshot,
  { path, text, folder, root }: File,
  service: Service,
  kind: Evidenced<PoolerKind>,
  fill: (raw: string) => string,
): FoundContainer => {
  const image = treeAt(service.value, "image");
  const files = mountedFiles(service.value, root, folder, fill);
  const part = partOfContainer(kind, {
    image: image?.kind === "text" ? fill(image.text) : undefined,
    variables: service.variables.map(({ name, value, span }) => ({
      name,
      value,
      spot: spotAt(snapshot, path, text, span),
    })),
    settingsElsewhere: files.some((file) => /\.ini$|pgbouncer/i.test(file)),
  });
  const containerName = treeText(treeAt(service.value, "container_name"));
  const hostName = treeText(treeAt(service.value, "hostname"));
  return {
    path,
    source: "compose",
    part,
    hosts: [service.name, containerName, hostName, ...aliasesOf(service.value)].filter((name) => name !== undefined),
    ports: portsOf(service, fill),
    databases: new Map(),
    users: [],
    settingsElsewhere: files.length > 0,
    files,
  };
};

const aliasesOf = (service: Tree | undefined): readonly string[] =>
  treeEntries(treeAt(service, "networks")).flatMap(({ value }) =>
    treeItems(treeAt(value, "aliases")).flatMap((alias) => treeText(alias) ?? []),
  );

/** Published ports, the container's own, and those that its variables set. */
const portsOf = ({ value, variables }: Service, fill: (raw: string) => string): readonly number[] => {
  const listed = treeItems(treeAt(value, "ports")).flatMap((port) =>
    port.kind === "text"
      ? (fill(port.text)
          .replace(/\/\w+$/, "")
          .match(/\d+(?=:|$)/g) ?? [])
      : [treeText(treeAt(port, "published")), treeText(treeAt(port, "target"))],
  );
  const exposed = treeItems(treeAt(value, "expose")).map((port) => treeText(port));
  const set = variables.filter(({ name }) => /^(?:PGBOUNCER_)?(?:LISTEN_)?PORT$/.test(name)).map(({ value }) => value);
  return [...new Set([...listed, ...exposed, ...set].map(Number).filter((port) => Number.isInteger(port) && port > 0))];
};

/** `54321:5432`, `127.0.0.1:54321:5432`: the ports of the machine itself. */
const publishedPorts = ({ value }: Service, fill: (raw: string) => string): readonly number[] =>
  treeItems(treeAt(value, "ports"))
    .map((port) =>
      Number(
        port.kind === "text" ? /(\d+):\d+(?:\/\w+)?$/.exec(fill(port.text))?.[1] : treeText(treeAt(port, "published")),
      ),
    )
    .filter((port) => Number.isInteger(port) && port > 0);

/** Sources of volumes and configs, and the Dockerfile of a build, as absolute paths. */
const mountedFiles = (
  service: Tree | undefined,
  root: Tree | undefined,
  folder: string,
  fill: (raw: string) => string,
): readonly string[] => {
  const volumes = treeItems(treeAt(service, "volumes")).map((volume) =>
    volume.kind === "text" ? volume.text.split(":")[0] : treeText(treeAt(volume, "source")),
  );
  const configs = treeItems(treeAt(service, "configs")).map((config) => {
    const name = treeText(config) ?? treeText(treeAt(config, "source"));
    return name === undefined ? undefined : treeText(treeAt(root, "configs", name, "file"));
  });
  const build = treeAt(service, "build");
  const context = treeText(build) ?? treeText(treeAt(build, "context"));
  const dockerfile = build ? `${context ?? "."}/${treeText(treeAt(build, "dockerfile")) ?? "Dockerfile"}` : undefined;
  return [...volumes, ...configs, dockerfile]
    .filter((source) => source !== undefined)
    .map(fill)
    .filter((source) => /^\.{0,2}\/|^\w[\w.-]*\//.test(source))
    .map((source) => absolutePath(folder, source));
};

const urlsOf = (
  path: string,
  folder: string,
  service: Service,
  fill: (raw: string) => string,
): readonly ComposeUrl[] => {
  const build = treeAt(service.value, "build");
  const context = treeText(build) ?? treeText(treeAt(build, "context"));
  const source = context === undefined ? folder : `${absolutePath(folder, fill(context))}/`;
  return service.variables.flatMap(({ name, value, span }) => {
    const url = urlOfVariable(name, value, path, span);
    return url ? [{ name, url, folder: source }] : [];
  });
};

/** Joins and takes `.` and `..` out. */
const absolutePath = (folder: string, relative: string): string => {
  const parts: string[] = [];
  for (const part of `${relative.startsWith("/") ? "" : folder}${relative}`.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return `/${parts.join("/")}`;
};
