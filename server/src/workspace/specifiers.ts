import type { DriverModule } from "../drivers/index.ts";
import { driverModules, driverSpecifiers, generatedModules } from "../drivers/index.ts";
import { bindingsAt } from "./bindings.ts";

/** What a text imports. */
export interface Imports {
  /** Module specifiers as written, in order. */
  readonly specifiers: readonly string[];
  /** It gets something from a driver that is, opens, or is the type of a handle. */
  readonly hasHandle: boolean;
}

/**
 * One pass finds both the drivers that a JavaScript or TypeScript text names and the files that it imports (one RegExp over 7,000 files: 25 ms; the
 * compiler's own scanner: 327). Words in comments and strings may be taken for an import; that costs a file too many, never a finding.
 */
export const importsOf = (text: string): Imports => {
  const specifiers: string[] = [];
  let hasHandle = false;
  importing.lastIndex = 0;
  for (let match = importing.exec(text); match; match = importing.exec(text)) {
    const specifier = match[1]!;
    specifiers.push(specifier);
    hasHandle ||= bringsHandle(text, match.index, specifier);
  }
  return { specifiers, hasHandle };
};

const importing = /\b(?:from|import|require)\s*\(?\s*["'`]([^"'`\s]+)["'`]/g;

/** Entity decorators, column types, enumerations and error classes come from the same packages: most files that name one have no handle. */
const bringsHandle = (text: string, at: number, specifier: string): boolean => {
  const handles = handlesOf(specifier);
  if (!handles) return false;
  // `require` and `import()` bring everything, like a default and a namespace.
  return bindingsAt(text, at)?.some(({ imported }) => imported === "*" || handles.has(imported)) ?? true;
};

const known = new Map<string, ReadonlySet<string> | undefined>();

/** Packages by name, and, for generated clients, the last part of their paths. Whoever is in neither is soon done with. */
const packages = new Set(driverSpecifiers.filter((specifier) => !specifier.startsWith("*")).map(packageOf));
const lastParts = new Set(
  driverSpecifiers.filter((specifier) => specifier.startsWith("*")).map((specifier) => lastPart(specifier)),
);

/** Names that a module gives to handles, to what opens them and to their types; undefined for a module of no driver. */
const handlesOf = (specifier: string): ReadonlySet<string> | undefined => {
  if (!packages.has(packageOf(specifier)) && !lastParts.has(lastPart(specifier))) return undefined;
  if (known.has(specifier)) return known.get(specifier);
  const modules = driverModules(specifier);
  const all = modules.length ? modules : generatedModules(specifier);
  const names = all.length ? new Set(all.flatMap(namesOf)) : undefined;
  known.set(specifier, names);
  return names;
};

const namesOf = ({ driver, exports }: DriverModule): readonly string[] => [
  ...Object.keys(exports),
  "default",
  ...Object.entries(driver.types).flatMap(([name, { names }]) => [
    name,
    ...(names ?? []).map((one) => one.split(".")[0]!),
  ]),
];

/** `@scope/name` or `name`. */
export function packageOf(specifier: string): string {
  const first = specifier.indexOf("/");
  if (first < 0 || !specifier.startsWith("@")) return first < 0 ? specifier : specifier.slice(0, first);
  const second = specifier.indexOf("/", first + 1);
  return second < 0 ? specifier : specifier.slice(0, second);
}

function lastPart(specifier: string): string {
  const last = specifier.slice(specifier.lastIndexOf("/") + 1);
  if (last !== "index" && !last.includes(".")) return last;
  const bare = specifier.replace(/(?:\/index)?(?:\.[cm]?[jt]s)?$/, "");
  return bare.slice(bare.lastIndexOf("/") + 1);
}
