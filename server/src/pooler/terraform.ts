import type { Evidenced, PoolerKind } from "../core/profile.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { type Spot, spotAt, stated } from "./evidence.ts";
import type { FoundPooler } from "./found.ts";
import { type HclBlock, type HclBody, readHcl } from "./hcl.ts";
import { isPoolMode } from "./modes.ts";
import { sameMode } from "./same-mode.ts";
import type { ProfilePart } from "./settings.ts";
import { entrySpan, type Tree, type TreeEntry } from "./tree.ts";
import { unknownSign } from "./url.ts";

const isTerraformFile = (path: string): boolean => path.endsWith(".tf");

/** Poolers that Terraform files make: pools of DigitalOcean, proxies of RDS. */
export const poolersOfTerraform = (snapshot: Snapshot): readonly FoundPooler[] => {
  const files = [...snapshot.configurations]
    .filter(([path]) => isTerraformFile(path))
    .map(([path, text]): File => ({ snapshot, path, text, body: readHcl(text) }));
  return files.flatMap((file) => {
    const beside = files.filter(({ path }) => folderOf(path) === folderOf(file.path));
    const fill = (text: string): string => filled(text, beside, 0);
    return [...poolsOfDigitalOcean(file, fill), ...proxiesOfRds(file, files, fill)];
  });
};

interface File {
  readonly snapshot: Snapshot;
  readonly path: string;
  readonly text: string;
  readonly body: HclBody;
}

type Fill = (text: string) => string;

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));

/** `${var.mode}` by the variable's default, `${local.mode}` by the local value; what only a run knows is the unknown sign. */
const filled = (text: string, files: readonly File[], depth: number): string =>
  text.replace(/\$\{([^}]*)\}/g, (_, reference: string) => {
    const [, of, name = ""] = /^\s*(var|local)\.([\w-]+)\s*$/.exec(reference) ?? [];
    if (of === undefined || depth > 5) return unknownSign;
    for (const { body } of files) {
      for (const block of body.blocks) {
        const value =
          of === "var" && block.type === "variable" && block.labels[0] === name
            ? attribute(block, "default")?.value
            : of === "local" && block.type === "locals"
              ? attribute(block, name)?.value
              : undefined;
        if (value?.kind === "text") return filled(value.text, files, depth + 1);
      }
    }
    return unknownSign;
  });

const attribute = ({ body }: HclBlock, name: string): TreeEntry | undefined =>
  body.attributes.find(({ key }) => key === name);

const resources = ({ body }: File, type: string): readonly HclBlock[] =>
  body.blocks.filter((block) => block.type === "resource" && block.labels[0] === type);

const headSpot = ({ snapshot, path, text }: File, { headSpan }: HclBlock): Spot =>
  spotAt(snapshot, path, text, headSpan);

/** A pool's name is the database that its clients connect to. */
const poolsOfDigitalOcean = (file: File, fill: Fill): readonly FoundPooler[] => {
  const blocks = resources(file, "digitalocean_database_connection_pool");
  const [first] = blocks;
  if (!first) return [];
  const databases = new Map<string, ProfilePart>();
  for (const block of blocks) {
    const name = attribute(block, "name")?.value;
    const pool = name?.kind === "text" ? fill(name.text) : unknownSign;
    const part = readAttributes(file, block, fill, {
      mode: (value) => (isPoolMode(value) ? { mode: value } : undefined),
      size: (value) => (/^\d+$/.test(value) ? { defaultPoolSize: Number(value) } : undefined),
    });
    databases.set(pool.includes(unknownSign) ? (block.labels[1] ?? pool) : pool, part);
  }
  const only = databases.size === 1 ? [...databases.values()][0] : undefined;
  const kind = stated<PoolerKind>("digitalocean", headSpot(file, first), "digitalocean_database_connection_pool");
  return [found(file, { ...(only ?? sameMode([...databases.values()])), kind }, databases)];
};

const proxiesOfRds = (file: File, files: readonly File[], fill: Fill): readonly FoundPooler[] =>
  resources(file, "aws_db_proxy").flatMap((block) => {
    const family = attribute(block, "engine_family")?.value;
    if (family?.kind === "text" && /MYSQL|SQLSERVER/i.test(family.text)) return [];
    const label = block.labels[1] ?? "";
    let part = readAttributes(file, block, fill, {
      idle_client_timeout: (value) => (/^\d+$/.test(value) ? { clientIdleTimeout: Number(value) } : undefined),
    });
    for (const other of files)
      for (const group of resources(other, "aws_db_proxy_default_target_group")) {
        const proxy = attribute(group, "db_proxy_name")?.value;
        if (proxy?.kind !== "text" || !new RegExp(`\\baws_db_proxy\\.${label}\\b`).test(proxy.text)) continue;
        for (const config of group.body.blocks.filter(({ type }) => type === "connection_pool_config"))
          part = {
            ...part,
            ...readAttributes(other, config, fill, {
              connection_borrow_timeout: (value) =>
                /^\d+$/.test(value) ? { queryWaitTimeout: Number(value) } : undefined,
            }),
          };
      }
    const kind = stated<PoolerKind>("rds-proxy", headSpot(file, block), `aws_db_proxy ${label}`);
    return [found(file, { ...part, kind }, new Map())];
  });

type Values = { readonly [K in keyof ProfilePart]?: NonNullable<ProfilePart[K]>["value"] };

/** What attributes say, with the line of each. */
const readAttributes = (
  { snapshot, path, text }: File,
  block: HclBlock,
  fill: Fill,
  readers: Readonly<Record<string, (value: string) => Values | undefined>>,
): ProfilePart => {
  const part: Partial<Record<string, Evidenced<unknown>>> = {};
  for (const [name, read] of Object.entries(readers)) {
    const entry = attribute(block, name);
    const value = textOf(entry?.value, fill);
    const values = value === undefined ? undefined : read(value);
    if (!entry || !values) continue;
    const spot = spotAt(snapshot, path, text, entrySpan(entry));
    for (const [key, each] of Object.entries(values)) part[key] = stated(each, spot, `${name}=${value}`);
  }
  return part as ProfilePart;
};

const textOf = (value: Tree | undefined, fill: Fill): string | undefined => {
  const text = value?.kind === "text" ? fill(value.text).trim() : undefined;
  return text?.includes(unknownSign) ? undefined : text;
};

const found = (
  { path }: File,
  part: FoundPooler["part"],
  databases: ReadonlyMap<string, ProfilePart>,
): FoundPooler => ({
  path,
  source: "terraform",
  part,
  hosts: [],
  ports: [],
  databases,
  users: [],
  settingsElsewhere: false,
});
