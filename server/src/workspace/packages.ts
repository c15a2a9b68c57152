import { parse } from "jsonc-parser";
import { literally } from "./closure.ts";

/** The workspace's packages, by the manifests that have a name. */
export const readPackages = (
  configurations: ReadonlyMap<string, string>,
): readonly { readonly name: string; readonly folder: string }[] => {
  const packages: { name: string; folder: string }[] = [];
  for (const [path, text] of configurations) {
    if (!path.endsWith("/package.json")) continue;
    // The name alone: parsing a thousand manifests in full costs ten times as much.
    const name = /"name"\s*:\s*"([^"\\]+)"/.exec(text)?.[1];
    if (name) packages.push({ name, folder: path.slice(0, -"package.json".length) });
  }
  return packages;
};

/**
 * RegExp sources of the specifiers to which a tsconfig's `paths` or a package's `imports` give a meaning of their own. Patterns that end in `*` are left
 * out where their targets do too: they keep the last part of the path.
 */
export const readAliases = (configurations: ReadonlyMap<string, string>): readonly string[] => {
  const aliases = new Set<string>();
  for (const [path, text] of configurations) {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const given =
      /^[tj]sconfig/.test(name) && text.includes('"paths"')
        ? pathsOf(text)
        : name === "package.json" && text.includes('"imports"')
          ? importsOf(text)
          : {};
    for (const [specifier, targets] of Object.entries(given)) {
      const keepsEnd = specifier.endsWith("*") && textsIn(targets).every((target) => /\*(?:\.[a-z]+)*$/.test(target));
      if (!keepsEnd) aliases.add(specifier.split("*").map(literally).join(".*"));
    }
  }
  return [...aliases];
};

const pathsOf = (text: string) => asObject(asObject(asObject(readJson(text))["compilerOptions"])["paths"]);

const importsOf = (text: string) => asObject(asObject(readJson(text))["imports"]);

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
const readJson = (text: string): unknown => parse(text, [], { allowTrailingComma: true });
