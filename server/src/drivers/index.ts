import type { Driver, ExportDescriptor } from "../core/driver.ts";
import { drizzleNeon, drizzleNeonHttp, drizzleNodePostgres, drizzlePostgresJs, drizzleVercel } from "./drizzle.ts";
import { knex } from "./knex.ts";
import { kysely } from "./kysely.ts";
import { neon } from "./neon.ts";
import { pg } from "./pg.ts";
import { pgPromise } from "./pg-promise.ts";
import { postgres } from "./postgres.ts";
import { vercelPostgres } from "./vercel-postgres.ts";

/** Every driver that is known. */
export const drivers: readonly Driver[] = [
  pg,
  neon,
  vercelPostgres,
  postgres,
  knex,
  drizzleNodePostgres,
  drizzlePostgresJs,
  drizzleNeon,
  drizzleNeonHttp,
  drizzleVercel,
  kysely,
  pgPromise,
];

/** One driver's part in a module, with the names that it exports for that driver. */
export interface DriverModule {
  readonly driver: Driver;
  readonly exports: Readonly<Record<string, ExportDescriptor>>;
}

const exact = new Map<string, DriverModule[]>();
const patterns: { readonly prefix: string; readonly module: DriverModule }[] = [];
for (const driver of drivers) {
  for (const [specifier, exports] of Object.entries(driver.modules)) {
    const module = { driver, exports };
    if (specifier.endsWith("/*")) patterns.push({ prefix: specifier.slice(0, -1), module });
    else exact.set(specifier, [...(exact.get(specifier) ?? []), module]);
  }
}

/** Every module specifier that a driver names, as written in its descriptor (patterns end in `/*`). */
export const driverSpecifiers: readonly string[] = drivers.flatMap((driver) => Object.keys(driver.modules));

/** The drivers that a module specifier stands for: none for a module that is no driver's, several where drivers share a package. */
export function driverModules(specifier: string): readonly DriverModule[] {
  const found = exact.get(specifier);
  if (found !== undefined) return found;
  return patterns.filter(({ prefix }) => specifier.startsWith(prefix)).map(({ module }) => module);
}
