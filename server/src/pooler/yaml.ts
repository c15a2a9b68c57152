import type { Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import type { Span } from "../core/text.ts";

/** YAML with positions, as plain data. Aliases and merge keys are resolved. */
export type YamlValue =
  | { readonly kind: "text"; readonly text: string; readonly span: Span }
  | { readonly kind: "list"; readonly items: readonly YamlValue[]; readonly span: Span }
  | { readonly kind: "map"; readonly entries: readonly YamlEntry[]; readonly span: Span };

export interface YamlEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: YamlValue | undefined;
}

/** Reads a YAML file as far as it can be read. Never throws: a half-written file gives what its front shows. */
export const readYaml = (text: string): YamlValue | undefined => {
  // The library takes 8 ms to load; most workspaces have no file for it.
  const yaml = require("yaml") as typeof import("yaml");
  const document = yaml.parseDocument(text, { merge: true, logLevel: "silent", prettyErrors: false });
  /** A file of a few lines can unfold to gigabytes through its aliases. */
  let budget = 20_000;

  const read = (node: unknown, depth: number): YamlValue | undefined => {
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

  const entriesOf = (map: YAMLMap, depth: number): readonly YamlEntry[] => {
    const own = (map.items as Pair[]).filter(({ key }) => !isMergeKey(key));
    const merged = (map.items as Pair[])
      .filter(({ key }) => isMergeKey(key))
      .flatMap(({ value }) => mergedEntries(value, depth));
    const entries = own.flatMap(({ key, value }): YamlEntry[] =>
      yaml.isScalar(key) ? [{ key: String(key.value), keySpan: spanOf(key), value: read(value, depth + 1) }] : [],
    );
    const names = new Set(entries.map(({ key }) => key));
    return [...entries, ...merged.filter(({ key }) => !names.has(key))];
  };

  const isMergeKey = (key: unknown): boolean =>
    yaml.isScalar(key) && (key.value === "<<" || typeof key.value === "symbol");

  const mergedEntries = (value: unknown, depth: number): readonly YamlEntry[] => {
    const found = read(value, depth + 1);
    if (found?.kind === "map") return found.entries;
    return found?.kind === "list" ? found.items.flatMap((item) => (item.kind === "map" ? item.entries : [])) : [];
  };

  return read(document.contents, 0);
};

/** The value under a path of keys. */
export const yamlAt = (value: YamlValue | undefined, ...keys: readonly string[]): YamlValue | undefined => {
  let at = value;
  for (const key of keys) at = at?.kind === "map" ? at.entries.find((entry) => entry.key === key)?.value : undefined;
  return at;
};

export const yamlText = (value: YamlValue | undefined): string | undefined =>
  value?.kind === "text" ? value.text : undefined;

export const yamlEntries = (value: YamlValue | undefined): readonly YamlEntry[] =>
  value?.kind === "map" ? value.entries : [];

export const yamlItems = (value: YamlValue | undefined): readonly YamlValue[] =>
  value?.kind === "list" ? value.items : [];

/** `1.20` stays `1.20`, which YAML would read as a number. */
const textOf = (scalar: Scalar): string =>
  typeof scalar.value === "string" ? scalar.value : (scalar.source ?? String(scalar.value));

const spanOf = (node: Scalar | YAMLMap | YAMLSeq): Span => ({ start: node.range?.[0] ?? 0, end: node.range?.[1] ?? 0 });
