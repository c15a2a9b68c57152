import type { Driver } from "../../server/src/core/driver.ts";

/** Libraries by label, with their packages. */
export function driverTable(drivers: readonly Driver[]): string {
  const libraries = new Map<string, { readonly documentation: string; readonly modules: string[] }>();
  for (const driver of drivers) {
    const library = libraries.get(driver.label) ?? { documentation: driver.documentation, modules: [] };
    library.modules.push(...Object.keys(driver.modules).filter((specifier) => isNamed(specifier, driver)));
    libraries.set(driver.label, library);
  }
  const rows = [...libraries].map(
    ([label, { documentation, modules }]) =>
      `| [${label}](${documentation}) | ${modules
        .filter((specifier) => !modules.some((other) => isInside(specifier, other)))
        .map((specifier) => `\`${specifier}\``)
        .join(", ")} |\n`,
  );
  return `| Library | Modules |\n| --- | --- |\n${rows.join("")}`;
}

/** Patterns of generated clients, files deep inside a package and adapters of other databases say nothing to a reader. */
function isNamed(specifier: string, { modules, types }: Driver): boolean {
  if (specifier.includes("*") || /\.[cm]?js$/.test(specifier)) return false;
  const exports = Object.values(modules[specifier] ?? {});
  return exports.length === 0 || exports.some((what) => !("class" in what && types[what.class]?.foreign));
}

/** A module of Python inside another, or a file below a part of a package. */
const isInside = (specifier: string, other: string): boolean =>
  specifier.startsWith(`${other}.`) || (isSubpath(other) && specifier.startsWith(`${other}/`));

/** `drizzle-orm/node-postgres`, but not `@scope/name`. */
const isSubpath = (specifier: string): boolean => specifier.split("/").length > (specifier.startsWith("@") ? 2 : 1);
