import type { Driver, ExportDescriptor } from "../core/driver.ts";
import { drizzleNeon, drizzleNeonHttp, drizzleNodePostgres, drizzlePostgresJs, drizzleVercel } from "./drizzle.ts";
import { graphileWorker } from "./graphile-worker.ts";
import { knex } from "./knex.ts";
import { kysely } from "./kysely.ts";
import { migrationTools } from "./migration-tools.ts";
import { mikroOrm, mikroOrmCore } from "./mikro-orm.ts";
import { neon } from "./neon.ts";
import { objection } from "./objection.ts";
import { pg } from "./pg.ts";
import { pgBoss } from "./pg-boss.ts";
import { pgListen } from "./pg-listen.ts";
import { pgPromise } from "./pg-promise.ts";
import { postgres } from "./postgres.ts";
import { prisma } from "./prisma.ts";
import { prismaAdapterPg } from "./prisma-adapter-pg.ts";
import { pythonDrivers } from "./python/index.ts";
import { sequelize } from "./sequelize.ts";
import { sequelize7 } from "./sequelize-7.ts";
import { slonik } from "./slonik.ts";
import { typeorm } from "./typeorm.ts";
import { vercelPostgres } from "./vercel-postgres.ts";

/** Every driver of JavaScript that is known. */
export const drivers: readonly Driver[] = [
  pg,
  neon,
  vercelPostgres,
  postgres,
  knex,
  objection,
  sequelize,
  sequelize7,
  typeorm,
  drizzleNodePostgres,
  drizzlePostgresJs,
  drizzleNeon,
  drizzleNeonHttp,
  drizzleVercel,
  kysely,
  slonik,
  pgPromise,
  mikroOrm,
  mikroOrmCore,
  prisma,
  prismaAdapterPg,
  pgListen,
  graphileWorker,
  pgBoss,
];

/** One driver's part in a module, with the names that it exports for that driver. */
export interface DriverModule {
  readonly driver: Driver;
  readonly exports: Readonly<Record<string, ExportDescriptor>>;
}

const exact = new Map<string, DriverModule[]>();
const prefixes: { readonly prefix: string; readonly module: DriverModule }[] = [];
const suffixes: { readonly suffix: string; readonly module: DriverModule }[] = [];
for (const driver of [...drivers, ...migrationTools]) {
  for (const [specifier, exports] of Object.entries(driver.modules)) {
    const module = { driver, exports };
    if (specifier.endsWith("/*")) prefixes.push({ prefix: specifier.slice(0, -1), module });
    else if (specifier.startsWith("*/")) suffixes.push({ suffix: specifier.slice(1), module });
    else exact.set(specifier, [...(exact.get(specifier) ?? []), module]);
  }
}

/** Every module specifier that a driver names, as written in its descriptor: patterns end in `/*` or begin with a star. */
export const driverSpecifiers: readonly string[] = [
  ...new Set([...drivers, ...migrationTools].flatMap((driver) => Object.keys(driver.modules))),
];

const python = new Map<string, DriverModule[]>();
for (const driver of pythonDrivers) {
  for (const [specifier, exports] of Object.entries(driver.modules))
    python.set(specifier, [...(python.get(specifier) ?? []), { driver, exports }]);
}

/**
 * The drivers that a package's specifier stands for: none for a module that is no driver's, several where drivers share it. Languages share no
 * names: `databases` is a library of Python and any folder of a JavaScript project.
 */
export function driverModules(specifier: string, language: Driver["language"] = "javascript"): readonly DriverModule[] {
  if (language === "python") return python.get(specifier) ?? [];
  return (
    exact.get(specifier) ?? prefixes.filter(({ prefix }) => specifier.startsWith(prefix)).map(({ module }) => module)
  );
}

/**
 * The drivers whose generated clients have such a specifier (`../generated/prisma`). Only to be asked where the specifier leads to no
 * file of the workspace.
 */
export function generatedModules(specifier: string): readonly DriverModule[] {
  const path = specifier.replace(/(\/index)?\.[cm]?[jt]s$/, "");
  const found = suffixes.filter(({ suffix }) => path.endsWith(suffix)).map(({ module }) => module);
  return found.filter(({ driver }, index) => found.findIndex((each) => each.driver === driver) === index);
}
