import { driverSpecifiers } from "../drivers/index.ts";

/**
 * One pass over a text finds both the drivers that it names and the files that it imports (one RegExp over 7,000 files: 25 ms; the
 * compiler's own scanner: 327). Words in comments and strings may be taken for an import; that costs a file too many, never a finding.
 */
const importing = /\b(?:from|import|require)\s*\(?\s*["'`]([^"'`\s]+)["'`]/g;

/** Module specifiers of a JavaScript or TypeScript text, as written, in order. */
export const specifiersIn = (text: string): string[] => {
  const found: string[] = [];
  importing.lastIndex = 0;
  for (let match = importing.exec(text); match; match = importing.exec(text)) found.push(match[1]!);
  return found;
};

/** Packages by name, and, for generated code, the ends of paths (`*` + `/generated/client`). */
const packages = new Set(driverSpecifiers.filter((specifier) => !specifier.startsWith("*")).map(packageOf));
const endings = driverSpecifiers
  .filter((specifier) => specifier.startsWith("*/"))
  .map((specifier) => specifier.slice(1));

/** True for a module that hands out database handles, or that belongs to a library which does. */
export const isDriverModule = (specifier: string): boolean => {
  if (packages.has(packageOf(specifier))) return true;
  if (!endings.length || !specifier.includes("/")) return false;
  const bare = specifier.replace(/(?:\/index)?(?:\.[cm]?[jt]s)?$/, "");
  return endings.some((ending) => bare.endsWith(ending));
};

/** `@scope/name` or `name`. */
function packageOf(specifier: string): string {
  const first = specifier.indexOf("/");
  if (first < 0 || !specifier.startsWith("@")) return first < 0 ? specifier : specifier.slice(0, first);
  const second = specifier.indexOf("/", first + 1);
  return second < 0 ? specifier : specifier.slice(0, second);
}
