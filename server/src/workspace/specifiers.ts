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
 * Finds both the drivers that a JavaScript or TypeScript text names and the files that it imports. Words in comments and strings may be taken for an
 * import; that costs a file too many, never a finding.
 *
 * What `importing` matches, found by three searches for the rarest letters of its words: the engine's search for a plain text is so much faster than a
 * RegExp that 27 MB take 26 ms instead of 41 (the compiler's own scanner: 327).
 */
export const importsOf = (text: string): Imports => {
  const specifiers: string[] = [];
  let hasHandle = false;
  let from = text.indexOf("from");
  let mport = text.indexOf("mport");
  let quire = text.indexOf("quire");
  let end = 0;
  for (;;) {
    let start: number;
    let after: number;
    if (from >= 0 && (mport < 0 || from < mport) && (quire < 0 || from < quire)) {
      start = from;
      after = from + 4;
      from = text.indexOf("from", after);
    } else if (mport >= 0 && (quire < 0 || mport < quire)) {
      start = mport - 1;
      after = mport + 5;
      mport = text.indexOf("mport", after);
      if (!text.startsWith("i", start)) continue;
    } else if (quire >= 0) {
      start = quire - 2;
      after = quire + 5;
      quire = text.indexOf("quire", after);
      if (!text.startsWith("re", start)) continue;
    } else break;
    if (start < end || isOfWord(text.charCodeAt(start - 1)) || isOfWord(text.charCodeAt(after))) continue;
    quoted.lastIndex = after;
    const specifier = quoted.exec(text)?.[1];
    if (specifier === undefined) continue;
    end = quoted.lastIndex;
    specifiers.push(specifier);
    hasHandle ||= bringsHandle(text, start, specifier);
  }
  return { specifiers, hasHandle };
};

/** The rest of `/\b(?:from|import|require)\s*\(?\s*["'`]([^"'`\s]+)["'`]/`. */
const quoted = /\s*\(?\s*["'`]([^"'`\s]+)["'`]/y;

/** `\w`; false for the NaN that stands before the first character and behind the last one. */
export const isOfWord = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;

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
const lastParts = [
  ...new Set(driverSpecifiers.filter((specifier) => specifier.startsWith("*")).map((specifier) => lastPart(specifier))),
];

const literally = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** What most specifiers do not match, so that they cost one look: no part of them is cut out and looked up. */
const maybeOfDriver = new RegExp(
  `^(?:${[...packages].map(literally).join("|")})(?:/|$)|${lastParts.map(literally).join("|")}`,
);

/** Names that a module gives to handles, to what opens them and to their types; undefined for a module of no driver. */
const handlesOf = (specifier: string): ReadonlySet<string> | undefined => {
  if (!maybeOfDriver.test(specifier)) return undefined;
  const found = known.get(specifier);
  if (found || known.has(specifier)) return found;
  if (!packages.has(packageOf(specifier)) && !lastParts.includes(lastPart(specifier))) return undefined;
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
