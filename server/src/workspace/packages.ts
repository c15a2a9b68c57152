import { parse } from "jsonc-parser";

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

/** What specifiers may mean by tsconfig files and the `imports` of packages, as RegExp sources. */
export interface Aliases {
  /** Patterns that keep the last part of the path (`@/*` → `src/*`). */
  readonly keepingEnd: readonly string[];
  /** Names and patterns whose last part says nothing about the file. */
  readonly others: readonly string[];
  /** Some tsconfig lets any bare specifier stand for a path. */
  readonly hasBaseUrl: boolean;
}

export const readAliases = (configurations: ReadonlyMap<string, string>): Aliases => {
  const keepingEnd = new Set<string>();
  const others = new Set<string>();
  let hasBaseUrl = false;
  for (const [path, text] of configurations) {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const isProject = /^[tj]sconfig/.test(name);
    hasBaseUrl ||= isProject && text.includes('"baseUrl"');
    const given =
      isProject && text.includes('"paths"')
        ? pathsOf(text)
        : name === "package.json" && text.includes('"imports"')
          ? importsOf(text)
          : {};
    for (const [specifier, targets] of Object.entries(given)) {
      const keepsEnd = specifier.endsWith("*") && textsIn(targets).every((target) => /\*(?:\.[a-z]+)*$/.test(target));
      (keepsEnd ? keepingEnd : others).add(specifier.split("*").map(literally).join(".*"));
    }
  }
  return { keepingEnd: [...keepingEnd], others: [...others], hasBaseUrl };
};

const pathsOf = (text: string) => asObject(asObject(asObject(readJson(text)).compilerOptions).paths);

const importsOf = (text: string) => asObject(asObject(readJson(text)).imports);

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

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
