import { posix } from "node:path";
import type { Resolution } from "../frontends/typescript/resolve.ts";

export interface ClosureInput {
  readonly seeds: Iterable<string>;
  /** Every other source, with its specifiers, one a line. */
  readonly imports: ReadonlyMap<string, string>;
  /** The workspace's packages: their folder, with a final slash, and their name. */
  readonly packages: readonly { readonly name: string; readonly folder: string }[];
  /** RegExp sources of specifiers whose last part says nothing about the file that they lead to. */
  readonly aliases: readonly string[];
  resolve(from: string, specifier: string): Resolution;
  /** True where an importing file is worth a parse: it uses handles or hands them on. */
  handsOn(path: string): boolean;
}

/**
 * The sources that import a seed, directly or through others that hand handles on. Resolving every import of a large tree would take
 * longer than all the rest, so each level first looks, with one RegExp, for lines whose last part is that of a wanted path.
 */
export const importersOf = ({
  seeds,
  imports,
  packages,
  aliases,
  resolve,
  handsOn,
}: ClosureInput): ReadonlySet<string> => {
  const found = new Set<string>();
  const rejected = new Set<string>();
  let wanted: ReadonlySet<string> = new Set(seeds);
  while (wanted.size) {
    const likely = likelyImport(wanted, packages, aliases);
    const next = new Set<string>();
    for (const [path, lines] of imports) {
      if (found.has(path) || rejected.has(path)) continue;
      likely.lastIndex = 0;
      for (let match = likely.exec(lines); match; match = likely.exec(lines)) {
        const target = resolve(path, match[0]);
        if (target.kind !== "file" || !wanted.has(target.path)) continue;
        if (handsOn(path)) next.add(path);
        else rejected.add(path);
        break;
      }
    }
    for (const path of next) found.add(path);
    wanted = next;
  }
  return found;
};

/** Matches each line that may lead to one of the paths. */
const likelyImport = (
  paths: ReadonlySet<string>,
  packages: ClosureInput["packages"],
  aliases: readonly string[],
): RegExp => {
  const endings = new Set<string>();
  const names = new Set<string>();
  let hasIndex = false;
  for (const path of paths) {
    const file = posix.basename(path).replace(/(?:\.d)?\.[cm]?[jt]sx?$/, "");
    endings.add(literally(file));
    if (file === "index") {
      hasIndex = true;
      endings.add(literally(posix.basename(posix.dirname(path))));
    }
    // A package's `exports` may lead anywhere in it.
    for (const { name, folder } of packages) if (path.startsWith(folder)) names.add(literally(name));
  }
  const shapes = [
    `(?:.*[/#~])?(?:${[...endings].join("|")})(?:\\.[cm]?[jt]sx?)?/?`,
    ...(names.size ? [`(?:${[...names].join("|")})(?:/.*)?`] : []),
    // `from "."` and `from "../.."`.
    ...(hasIndex ? ["\\.[./]*"] : []),
    ...aliases,
  ];
  return new RegExp(`^(?:${shapes.join("|")})$`, "gm");
};

export const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
