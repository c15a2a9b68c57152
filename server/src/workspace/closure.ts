import { posix } from "node:path";
import { packageOf } from "./specifiers.ts";

/** Sources outside the closure, each with its specifiers, one a line. */
export type ImportLines = ReadonlyMap<string, string>;

export interface ClosureInput {
  readonly seeds: Iterable<string>;
  readonly imports: ImportLines;
  /** Folders of the workspace's packages, with a final slash, by name. */
  readonly packages: ReadonlyMap<string, string>;
  /** Exact names that tsconfig or package `imports` give to files: the name's last part, by the target's stem. */
  readonly aliases: ReadonlyMap<string, readonly string[]>;
  /** True where an importing file is worth a parse: it uses handles or hands them on. */
  handsOn(path: string): boolean;
}

/**
 * The sources that import a seed, directly or through others that hand handles on. Level by level: one RegExp of the last parts of the
 * wanted paths over the lines of imports, then the few hits are resolved by path. It may take a file too many; the link decides what matters.
 */
export const importersOf = ({ seeds, imports, packages, aliases, handsOn }: ClosureInput): ReadonlySet<string> => {
  const found = new Set<string>();
  const rejected = new Set<string>();
  const packageFolders = [...packages]
    .map(([name, folder]) => ({ name, folder }))
    .sort((a, b) => b.folder.length - a.folder.length);
  let wanted = new Set(seeds);
  const reached = new Set(wanted);
  while (wanted.size) {
    const targets = createTargets(wanted, packageFolders, aliases);
    const next = new Set<string>();
    for (const [path, lines] of imports) {
      if (reached.has(path) || rejected.has(path) || !targets.shape.test(lines)) continue;
      if (!lines.split("\n").some((specifier) => specifier !== "" && targets.isReached(path, specifier))) continue;
      if (!handsOn(path)) {
        rejected.add(path);
        continue;
      }
      reached.add(path);
      found.add(path);
      next.add(path);
    }
    wanted = next;
  }
  return found;
};

interface Targets {
  readonly shape: RegExp;
  isReached(from: string, specifier: string): boolean;
}

const createTargets = (
  paths: ReadonlySet<string>,
  packages: readonly { readonly name: string; readonly folder: string }[],
  aliases: ReadonlyMap<string, readonly string[]>,
): Targets => {
  const stems = new Set<string>();
  const byLastPart = new Map<string, string[]>();
  const names = new Set<string>();
  const lastParts = new Set<string>();
  let hasIndex = false;
  for (const path of paths) {
    const target = stem(path);
    stems.add(target);
    hasIndex ||= /\/index\.[^/]+$/.test(path);
    const last = target.slice(target.lastIndexOf("/") + 1);
    lastParts.add(last);
    append(byLastPart, last, target);
    for (const alias of aliases.get(target) ?? []) {
      names.add(alias);
      lastParts.add(alias.slice(alias.lastIndexOf("/") + 1));
    }
    const home = packages.find(({ folder }) => path.startsWith(folder));
    if (home && isEntry(path.slice(home.folder.length))) {
      names.add(home.name);
      lastParts.add(home.name.slice(home.name.lastIndexOf("/") + 1));
    }
  }
  const parts = [...lastParts].map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  // `from "."` and `from "../.."` mean an index file.
  if (hasIndex) parts.push("\\.\\.?");
  return {
    shape: new RegExp(`(?:^|[/#~])(?:${parts.join("|")})(?:/index)?(?:\\.[cm]?[jt]sx?)?/?$`, "m"),
    isReached(from, specifier) {
      if (specifier.startsWith(".")) return stems.has(stem(posix.join(posix.dirname(from), specifier)));
      if (names.has(specifier)) return true;
      const asked = stem(specifier).replace(/^[@~#]?[^/]*\//, "");
      const inPackage = packages.find(({ name }) => name === packageOf(specifier));
      return (byLastPart.get(asked.slice(asked.lastIndexOf("/") + 1)) ?? []).some((target) =>
        inPackage ? target.startsWith(inPackage.folder) : target.endsWith(`/${asked}`),
      );
    },
  };
};

/** Path or specifier without its extension and without `/index`. */
export const stem = (path: string): string =>
  path
    .replace(/\/$/, "")
    .replace(/\.[cm]?[jt]sx?$/, "")
    .replace(/\/index$/, "");

/** What a package's name most likely leads to; built entries (`dist/index.js`) have their source in the same place. */
const isEntry = (inside: string): boolean => /^(?:(?:src|lib|source)\/)?(?:index|main|mod)\.[cm]?[jt]sx?$/.test(inside);

const append = <V>(map: Map<string, V[]>, key: string, value: V): void => {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
};
