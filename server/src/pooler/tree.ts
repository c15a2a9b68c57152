import type { Span } from "../core/text.ts";

/** A configuration file with positions, as plain data: the same for YAML, TOML, JSON, HCL and Odyssey's own form. */
export type Tree =
  | { readonly kind: "text"; readonly text: string; readonly span: Span }
  | { readonly kind: "list"; readonly items: readonly Tree[]; readonly span: Span }
  | { readonly kind: "map"; readonly entries: readonly TreeEntry[]; readonly span: Span };

export interface TreeEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Tree | undefined;
}

/** The value under a path of keys. */
export const treeAt = (value: Tree | undefined, ...keys: readonly string[]): Tree | undefined => {
  let at = value;
  for (const key of keys) at = at?.kind === "map" ? at.entries.find((entry) => entry.key === key)?.value : undefined;
  return at;
};

export const treeText = (value: Tree | undefined): string | undefined =>
  value?.kind === "text" ? value.text : undefined;

export const treeEntries = (value: Tree | undefined): readonly TreeEntry[] =>
  value?.kind === "map" ? value.entries : [];

export const treeItems = (value: Tree | undefined): readonly Tree[] => (value?.kind === "list" ? value.items : []);

/** From the key to the end of its value. */
export const entrySpan = ({ keySpan, value }: TreeEntry): Span => ({
  start: keySpan.start,
  end: Math.max(keySpan.end, value?.span.end ?? 0),
});
