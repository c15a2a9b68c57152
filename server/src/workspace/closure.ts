import { posix } from "node:path";
import type { Resolution } from "../frontends/typescript/resolve.ts";
import { bindingsOf, declaredExports, type Handed } from "./bindings.ts";

export interface ClosureInput {
  /** Files with handles, and what they hand on: what they declare, where that is not given. */
  readonly seeds: ReadonlyMap<string, Handed | undefined>;
  /** Every source that may join in, and the seeds, with their specifiers, one a line. */
  readonly imports: ReadonlyMap<string, string>;
  /** The workspace's packages: their folder, with a final slash, and their name. */
  readonly packages: readonly { readonly name: string; readonly folder: string }[];
  /** RegExp sources of specifiers whose last part says nothing about the file that they lead to. */
  readonly aliases: readonly string[];
  resolve(from: string, specifier: string): Resolution;
  textOf(path: string): string;
  /** True for a text that is worth a parse when something of a handle's file comes into it. */
  handsOn(text: string): boolean;
}

/**
 * The sources that get something from a seed, directly or through others, name by name: who takes a date from a package whose barrel also exports the
 * pool is left alone. It may name a file too many; what a file really hands on is found by value flow later.
 *
 * Resolving every import of a large tree would take longer than all the rest, so each round first looks, with one RegExp, for lines whose last part
 * is that of a wanted path.
 */
export const importersOf = ({
  seeds,
  imports,
  packages,
  aliases,
  resolve,
  textOf,
  handsOn,
}: ClosureInput): ReadonlySet<string> => {
  const handed = new Map<string, Handed>();
  for (const [path, names] of seeds) handed.set(path, names ?? exportsOfSeed(textOf(path), imports.get(path) ?? ""));
  const found = new Set<string>();
  const idle = new Set<string>();
  let wanted: ReadonlySet<string> = new Set(seeds.keys());
  while (wanted.size) {
    const likely = likelyImport(wanted, packages, aliases);
    const next = new Set<string>();
    for (const [path, lines] of imports) {
      if (idle.has(path)) continue;
      for (const [specifier] of lines.matchAll(likely)) {
        const target = resolve(path, specifier);
        if (target.kind !== "file" || !wanted.has(target.path) || target.path === path) continue;
        const text = textOf(path);
        const taken = bindingsOf(text, specifier).filter(({ imported }) => isHanded(handed.get(target.path), imported));
        if (!taken.length) continue;
        const isKnown = handed.has(path);
        if (!isKnown && !handsOn(text)) {
          idle.add(path);
          break;
        }
        const before = handed.get(path) ?? declaredExports(text);
        const after = add(
          before,
          taken.flatMap(({ exported }) =>
            exported === "*" ? (handed.get(target.path) ?? []) : exported === undefined ? [] : exported,
          ),
        );
        handed.set(path, after);
        if (!isKnown) found.add(path);
        if (!isKnown || after !== before) next.add(path);
      }
    }
    wanted = next;
  }
  return found;
};

/** What it declares, and what it hands on from packages: the driver is one of them. */
const exportsOfSeed = (text: string, lines: string): Handed => {
  const passed = lines
    .split("\n")
    .filter((specifier) => specifier !== "" && !specifier.startsWith("."))
    .flatMap((specifier) =>
      bindingsOf(text, specifier).flatMap(({ exported }) => (exported === "*" ? "all" : (exported ?? []))),
    );
  return passed.includes("all") ? "all" : add(declaredExports(text), passed);
};

const isHanded = (names: Handed | undefined, name: string): boolean =>
  names === "all" || (names !== undefined && (name === "*" ? names.size > 0 : names.has(name)));

/** The same object where nothing is new. */
const add = (names: Handed, more: readonly (string | Handed)[]): Handed => {
  if (names === "all" || more.includes("all")) return "all";
  const flat = more.flatMap((one) => (typeof one === "string" ? [one] : [...one]));
  return flat.every((name) => names.has(name)) ? names : new Set([...names, ...flat]);
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
