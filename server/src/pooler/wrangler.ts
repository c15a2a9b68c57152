import { type Node, parseTree } from "jsonc-parser";
import type { PoolerKind } from "../core/profile.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { spotAt, stated } from "./evidence.ts";
import type { FoundPooler } from "./found.ts";
import { readToml } from "./toml.ts";
import { type Tree, treeAt, treeEntries, treeItems } from "./tree.ts";

const isWranglerFile = (path: string): boolean => /(?:^|\/)wrangler\.(?:toml|jsonc?)$/.test(path);

/** Hyperdrive bindings of workers. `hosts` holds the binding's name: code reaches it as `env.NAME.connectionString`. */
export const bindingsOfWrangler = (snapshot: Snapshot): readonly FoundPooler[] =>
  [...snapshot.configurations]
    .filter(([path, text]) => isWranglerFile(path) && text.includes("hyperdrive"))
    .flatMap(([path, text]) => {
      const root = path.endsWith(".toml") ? readToml(text) : readJson(text);
      const environments = treeEntries(treeAt(root, "env")).map(({ value }) => value);
      const bindings = [root, ...environments].flatMap((each) => treeItems(treeAt(each, "hyperdrive")));
      const seen = new Set<string>();
      return bindings.flatMap((item) => {
        const name = treeAt(item, "binding");
        if (name?.kind !== "text" || !/^\w+$/.test(name.text) || seen.has(name.text)) return [];
        seen.add(name.text);
        const spot = spotAt(snapshot, path, text, name.span);
        return [bindingOf(path, name.text, stated("hyperdrive", spot, `Hyperdrive binding ${name.text}`))];
      });
    });

const bindingOf = (path: string, name: string, kind: ReturnType<typeof stated<PoolerKind>>): FoundPooler => ({
  path,
  source: "binding",
  part: { kind },
  hosts: [name],
  ports: [],
  databases: new Map(),
  users: [],
  settingsElsewhere: false,
});

const readJson = (text: string): Tree | undefined => {
  const root = parseTree(text, [], { allowTrailingComma: true });
  return root && treeOf(root, 0);
};

const treeOf = (node: Node, depth: number): Tree | undefined => {
  const span = { start: node.offset, end: node.offset + node.length };
  const children = depth > 40 ? [] : (node.children ?? []);
  if (node.type === "array")
    return { kind: "list", items: children.flatMap((child) => treeOf(child, depth + 1) ?? []), span };
  if (node.type === "object")
    return {
      kind: "map",
      entries: children.flatMap(({ children: [key, value] = [] }) =>
        key
          ? {
              key: String(key.value),
              keySpan: { start: key.offset, end: key.offset + key.length },
              value: value && treeOf(value, depth + 1),
            }
          : [],
      ),
      span,
    };
  return node.value === null ? undefined : { kind: "text", text: String(node.value), span };
};
