import { posix } from "node:path";
import { type ParseError, parse } from "jsonc-parser";

/** Folders of the workspace's packages, with a final slash, by the name in their package.json. */
export const readPackages = (configurations: ReadonlyMap<string, string>): ReadonlyMap<string, string> => {
  const packages = new Map<string, string>();
  for (const [path, text] of configurations) {
    if (!path.endsWith("/package.json")) continue;
    // The name alone: parsing a thousand manifests in full costs ten times as much.
    const name = /"name"\s*:\s*"([^"\\]+)"/.exec(text)?.[1];
    if (name) packages.set(name, path.slice(0, -"package.json".length));
  }
  return packages;
};

/**
 * Specifiers that a tsconfig's `paths` or a package's `imports` give to one file, by the stem of that file. Patterns with `*` keep the last
 * part of the path and need no entry.
 */
export const readAliases = (
  configurations: ReadonlyMap<string, string>,
  stem: (path: string) => string,
): ReadonlyMap<string, readonly string[]> => {
  const aliases = new Map<string, string[]>();
  for (const [path, text] of configurations) {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const mapped =
      /^[tj]sconfig/.test(name) && text.includes('"paths"')
        ? pathsOf(text)
        : name === "package.json" && text.includes('"imports"')
          ? importsOf(text)
          : [];
    for (const { specifier, target, base } of mapped) {
      if (specifier.endsWith("*")) continue;
      const file = stem(posix.join(posix.dirname(path), base, target));
      const known = aliases.get(file);
      if (known) known.push(specifier);
      else aliases.set(file, [specifier]);
    }
  }
  return aliases;
};

interface Mapping {
  readonly specifier: string;
  readonly target: string;
  readonly base: string;
}

const pathsOf = (text: string): readonly Mapping[] => {
  const options = asObject(asObject(readJson(text)).compilerOptions);
  const base = typeof options.baseUrl === "string" ? options.baseUrl : ".";
  return Object.entries(asObject(options.paths)).flatMap(([specifier, targets]) =>
    textsIn(targets).map((target) => ({ specifier, target, base })),
  );
};

const importsOf = (text: string): readonly Mapping[] =>
  Object.entries(asObject(asObject(readJson(text)).imports)).flatMap(([specifier, targets]) =>
    textsIn(targets).map((target) => ({ specifier, target, base: "." })),
  );

/** Every text in nested arrays and objects of conditions. */
const textsIn = (value: unknown): readonly string[] =>
  typeof value === "string"
    ? [value]
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

/** Half-typed files are read as far as they go. */
const readJson = (text: string): unknown => {
  const errors: ParseError[] = [];
  return parse(text, errors, { allowTrailingComma: true });
};
