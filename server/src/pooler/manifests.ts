import type { Snapshot } from "../core/snapshot.ts";
import { isComposeFile } from "./compose.ts";
import { type Tree, treeAt, treeText } from "./tree.ts";
import { readYamlDocuments } from "./yaml.ts";

/** One document of a YAML file. */
export interface Document {
  readonly path: string;
  readonly text: string;
  readonly root: Tree;
}

/** A document that Kubernetes takes. */
export interface Manifest extends Document {
  readonly kind: string;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
}

/** Every document of the YAML files that are no compose files. */
export const manifestsOf = (snapshot: Snapshot): readonly (Document | Manifest)[] =>
  [...snapshot.configurations]
    .filter(([path]) => /\.ya?ml$/.test(path) && !isComposeFile(path) && !path.endsWith("/pnpm-workspace.yaml"))
    .flatMap(([path, text]) => documentsOf(text).map((root) => describe({ path, text, root })));

/** The documents of a text, kept as long as the text is the same: manifests are read by several readers. */
const documentsOf = (text: string): readonly Tree[] => {
  const found = known.get(text) ?? readYamlDocuments(text).flatMap(itemsOf);
  known.delete(text);
  known.set(text, found);
  for (const oldest of known.keys()) if (known.size > 64) known.delete(oldest);
  return found;
};

const known = new Map<string, readonly Tree[]>();

/** `kind: List` holds others. */
const itemsOf = (root: Tree): readonly Tree[] => {
  const items = treeText(treeAt(root, "kind")) === "List" ? treeAt(root, "items") : undefined;
  return items?.kind === "list" ? items.items : [root];
};

const describe = (document: Document): Document | Manifest => {
  const { root } = document;
  const kind = treeText(treeAt(root, "kind"));
  if (kind === undefined || !treeAt(root, "apiVersion")) return document;
  const text = (key: string): string | undefined => treeText(treeAt(root, "metadata", key));
  return { ...document, kind, name: text("name"), namespace: text("namespace") };
};

export const isManifest = (document: Document | Manifest): document is Manifest => "kind" in document;

/** The names by which a service is reached, from the short one to the full one. */
export const namesOf = ({ name, namespace }: Pick<Manifest, "name" | "namespace">): readonly string[] => {
  if (name === undefined) return [];
  const inside =
    namespace === undefined ? [] : ["", ".svc", ".svc.cluster.local"].map((tail) => `${name}.${namespace}${tail}`);
  return [name, ...inside];
};
