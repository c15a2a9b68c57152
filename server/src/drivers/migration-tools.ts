import type { Driver, TypeDescriptor } from "../core/driver.ts";
import { givenPool, pgClientOptions } from "./pg-types.ts";

/** Tools that open a connection of their own to change the schema: no pool of the application, and nothing else to do with one. */
const shared = { language: "javascript", pool: givenPool, applicationName: {}, statements: "unnamed" } as const;

const text = { role: "value" } as const satisfies TypeDescriptor;

/** Keeps two runs apart by `pg_try_advisory_lock`, outside of any transaction. */
const nodePgMigrate: Driver = {
  ...shared,
  name: "node-pg-migrate",
  label: "node-pg-migrate",
  documentation: "https://salsita.github.io/node-pg-migrate/",
  modules: {
    "node-pg-migrate": { runner: { value: "Runner" }, "=": { value: "Runner" }, default: { value: "Runner" } },
  },
  types: {
    Runner: {
      role: "value",
      call: [
        {
          when: { argument: 0, property: "dbClient", is: "present" },
          effects: [{ does: "migrates", on: { argument: 0, property: "dbClient" }, lock: "session" }],
        },
        {
          effects: [{ does: "migrates", options: 0, lock: "session", lockedUnless: { path: "noLock", value: "true" } }],
        },
      ],
    },
  },
  options: {
    databaseUrl: { means: "url" },
    dbClient: { means: "handle" },
    noLock: { means: "client side" },
    ...Object.fromEntries(Object.entries(pgClientOptions).map(([name, option]) => [`databaseUrl.${name}`, option])),
  },
};

/** The command line of Drizzle, by its configuration file. */
const drizzleKit: Driver = {
  ...shared,
  name: "drizzle-kit",
  label: "drizzle-kit",
  documentation: "https://orm.drizzle.team/docs/drizzle-config-file",
  modules: { "drizzle-kit": { defineConfig: { value: "DefineConfig" } } },
  types: { DefineConfig: { role: "value", call: { effects: [{ does: "migrates", options: 0 }] } } },
  options: {
    dialect: { means: "dialect" },
    "dbCredentials.url": { means: "url" },
    "dbCredentials.host": { means: "host" },
    "dbCredentials.port": { means: "port" },
    "dbCredentials.database": { means: "database" },
  },
  dialect: {
    option: "dialect",
    postgres: ["postgresql"],
    schemes: ["postgres", "postgresql"],
    packages: ["pg", "postgres"],
  },
};

/** Prisma's command line, by its configuration file: since version 7 its URL is the one for migrations alone. */
const prismaConfig: Driver = {
  ...shared,
  name: "prisma-config",
  label: "Prisma Migrate",
  documentation: "https://www.prisma.io/docs/orm/reference/prisma-config-reference",
  modules: { "prisma/config": { defineConfig: { value: "DefineConfig" }, env: { value: "Env" } } },
  types: {
    DefineConfig: { role: "value", call: { effects: [{ does: "migrates", options: 0, lock: "session" }] } },
    Env: { role: "value", call: { effects: [{ does: "reads environment", name: { argument: 0 } }], returns: "Text" } },
    Text: text,
  },
  options: { "datasource.url": { means: "url" } },
};

/** Not among the drivers: they open nothing that the application uses. */
export const migrationTools: readonly Driver[] = [nodePgMigrate, drizzleKit, prismaConfig];
