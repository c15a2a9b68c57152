import { posix } from "node:path";
import type { Resolution } from "../frontends/resolve.ts";
import { type Binding, bindingsOf, declaredExports, type Handed } from "./bindings.ts";
import type { Aliases } from "./packages.ts";
import { packageOf } from "./specifiers.ts";

export interface ClosureInput {
  /** Files with handles, and what they hand on: what they declare, where that is not given. */
  readonly seeds: ReadonlyMap<string, Handed | undefined>;
  /** Every source that may join in, and the seeds, with their specifiers, one a line. */
  readonly imports: ReadonlyMap<string, string>;
  /** The workspace's packages: their folder, with a final slash, and their name. */
  readonly packages: readonly { readonly name: string; readonly folder: string }[];
  readonly aliases: Aliases;
  resolve(from: string, specifier: string): Resolution;
  /** A look at the text of a source; one character a byte will do. */
  peek(path: string): string;
  /** The text of a source that will most likely be needed. */
  textOf(path: string): string;
  /** True for a text that is worth a parse when something of a handle's file comes into it. */
  handsOn(text: string): boolean;
}

/**
 * The sources that get something from a seed, directly or through others, name by name: who takes a date from a package whose barrel also
 * exports the pool is left alone. It may name a file too many; what a file really hands on is found by value flow later.
 *
 * Resolving every import of a large tree would take longer than all the rest, so only those are resolved whose last part is that of a wanted
 * path, or that a manifest or tsconfig may lead there.
 */
export const importersOf = (input: ClosureInput): ReadonlySet<string> => {
  const { seeds, imports, resolve, peek, textOf, handsOn } = input;
  const index = indexImports(input);
  const handed = new Map<string, Handed>();
  for (const [path, names] of seeds) handed.set(path, names ?? exportsOfSeed(textOf(path), imports.get(path) ?? ""));
  const found = new Set<string>();
  /** Files that show no word of handles, and members that hand nothing on at once: nothing more is to be learnt of them. */
  const settled = new Set<string>();
  let wanted: ReadonlySet<string> = new Set(seeds.keys());
  while (wanted.size) {
    const next = new Set<string>();
    for (const one of index(wanted)) {
      const { path } = one;
      if (settled.has(path)) continue;
      one.target ??= fileOf(resolve(path, one.specifier));
      const target = one.target;
      if (!wanted.has(target) || target === path) continue;
      one.bindings ??= copy(bindingsOf(peek(path), one.specifier));
      const taken = one.bindings.filter(({ imported }) => isHanded(handed.get(target), imported));
      if (!taken.length) continue;
      const text = textOf(path);
      const isKnown = handed.has(path);
      const passesOn = passing.test(text);
      if (isKnown ? !passesOn : !handsOn(text)) {
        settled.add(path);
        continue;
      }
      const before = handed.get(path) ?? declaredExports(text);
      const more = taken.flatMap(({ exported }) =>
        exported === "*" ? (handed.get(target) ?? []) : exported === undefined ? [] : exported,
      );
      const after = add(before, more);
      handed.set(path, after);
      if (!isKnown) found.add(path);
      if (!isKnown || after !== before) next.add(path);
      if (!passesOn) settled.add(path);
    }
    wanted = next;
  }
  return found;
};

const passing = /\bexport\s*(?:type\s*)?(?:\*|\{[^{}]*\}\s*from\b)|\bmodule\.exports\s*=\s*require\b/;

interface Import {
  readonly path: string;
  readonly specifier: string;
  /** Found out when it is first asked for: a barrel grows from round to round, and everybody imports it. */
  target?: string;
  bindings?: readonly Binding[];
}

const fileOf = (resolution: Resolution): string => (resolution.kind === "file" ? resolution.path : "");

/** With texts of their own: a piece of a file's text keeps the whole of it in memory. */
const copy = (bindings: readonly Binding[]): readonly Binding[] => JSON.parse(JSON.stringify(bindings));

/** Answers which imports may lead to one of some paths. */
const indexImports = ({
  imports,
  packages,
  aliases,
}: ClosureInput): ((wanted: ReadonlySet<string>) => Iterable<Import>) => {
  const byEnd = new Map<string, Import[]>();
  const byPackage = new Map<string, Import[]>();
  const aliased: Import[] = [];
  const names = new Set(packages.map(({ name }) => name));
  // `@/`, `~/` and `src/` mean the sources in many bundlers, wherever that is said.
  const byEndOnly = oneOf([
    ...aliases.keepingEnd,
    "[@~]/.*",
    "[#~].*",
    "src/.*",
    ...(aliases.hasBaseUrl ? [".*"] : []),
  ]);
  const alias = oneOf(aliases.others);
  for (const [path, lines] of imports) {
    for (const specifier of lines.split("\n")) {
      if (specifier === "") continue;
      const one = { path, specifier };
      if (specifier.startsWith(".")) {
        append(byEnd, endOf(specifier), one);
        continue;
      }
      const name = packageOf(specifier);
      if (names.has(name)) append(byPackage, name, one);
      else if (byEndOnly.test(specifier)) append(byEnd, endOf(specifier), one);
      if (alias.test(specifier)) aliased.push(one);
    }
  }
  return function* (wanted) {
    const ends = new Set<string>();
    const homes = new Set<string>();
    for (const path of wanted) {
      const end = endOf(path);
      ends.add(end);
      if (end === "index") {
        ends.add(posix.basename(posix.dirname(path)));
        // `from "."`, `from "../.."`.
        ends.add("");
      }
      // A package's `exports` may lead anywhere in it.
      for (const { name, folder } of packages) if (path.startsWith(folder)) homes.add(name);
    }
    for (const end of ends) yield* byEnd.get(end) ?? [];
    for (const home of homes) yield* byPackage.get(home) ?? [];
    yield* aliased;
  };
};

const oneOf = (shapes: readonly string[]): RegExp => new RegExp(shapes.length ? `^(?:${shapes.join("|")})$` : "(?!)");

/** The last part of a path or specifier, without its extension; empty for one of dots. */
const endOf = (path: string): string => {
  const from = Math.max(path.lastIndexOf("/", path.length - 2), path.lastIndexOf("#"), path.lastIndexOf("~")) + 1;
  return path.slice(from).replace(/(?:\.d)?\.[cm]?[jt]sx?$|\/$|^\.+$/, "");
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

const append = <V>(map: Map<string, V[]>, key: string, value: V): void => {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
};
