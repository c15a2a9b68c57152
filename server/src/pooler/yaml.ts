import type { Document, Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import type { Span } from "../core/text.ts";
import type { Tree, TreeEntry } from "./tree.ts";

/** Reads the first document of a YAML file as far as it can be read. Never throws: a half-written file gives what its front shows. */
export const readYaml = (text: string): Tree | undefined => readYamlDocuments(text)[0];

/** Every document of a YAML file. */
export const readYamlDocuments = (text: string): readonly Tree[] => {
  if (text.length > longest) return [];
  // The library takes 8 ms to load; most workspaces have no file for it.
  const yaml = require("yaml") as typeof import("yaml");
  const documents = yaml.parseAllDocuments(text, { merge: true, logLevel: "silent", prettyErrors: false });
  return ("empty" in documents ? [] : documents).flatMap((document) => readDocument(yaml, document) ?? []);
};

/** Units of UTF-16. What people write is shorter; what is generated (custom resource definitions) is of no interest. */
const longest = 1_048_576;

const readDocument = (yaml: typeof import("yaml"), document: Document): Tree | undefined => {
  /** A file of a few lines can unfold to gigabytes through its aliases. */
  let budget = 20_000;

  const read = (node: unknown, depth: number): Tree | undefined => {
    budget -= 1;
    if (budget < 0 || depth > 60) return undefined;
    if (yaml.isAlias(node)) return read(node.resolve(document), depth + 1);
    if (yaml.isMap(node)) return { kind: "map", entries: entriesOf(node, depth), span: spanOf(node) };
    if (yaml.isSeq(node))
      return {
        kind: "list",
        items: node.items.flatMap((item) => read(item, depth + 1) ?? []),
        span: spanOf(node),
      };
    if (!yaml.isScalar(node) || node.value === null || node.value === undefined) return undefined;
    return { kind: "text", text: textOf(node), span: spanOf(node) };
  };

  const entriesOf = (map: YAMLMap, depth: number): readonly TreeEntry[] => {
    const own = (map.items as Pair[]).filter(({ key }) => !isMergeKey(key));
    const merged = (map.items as Pair[])
      .filter(({ key }) => isMergeKey(key))
      .flatMap(({ value }) => mergedEntries(value, depth));
    const entries = own.flatMap(({ key, value }): TreeEntry[] =>
      yaml.isScalar(key) ? [{ key: String(key.value), keySpan: spanOf(key), value: read(value, depth + 1) }] : [],
    );
    const names = new Set(entries.map(({ key }) => key));
    return [...entries, ...merged.filter(({ key }) => !names.has(key))];
  };

  const isMergeKey = (key: unknown): boolean =>
    yaml.isScalar(key) && (key.value === "<<" || typeof key.value === "symbol");

  const mergedEntries = (value: unknown, depth: number): readonly TreeEntry[] => {
    const found = read(value, depth + 1);
    if (found?.kind === "map") return found.entries;
    return found?.kind === "list" ? found.items.flatMap((item) => (item.kind === "map" ? item.entries : [])) : [];
  };

  return read(document.contents, 0);
};

/** `1.20` stays `1.20`, which YAML would read as a number. */
const textOf = (scalar: Scalar): string =>
  typeof scalar.value === "string" ? scalar.value : (scalar.source ?? String(scalar.value));

const spanOf = (node: Scalar | YAMLMap | YAMLSeq): Span => ({ start: node.range?.[0] ?? 0, end: node.range?.[1] ?? 0 });
