import type { Driver, TypeDescriptor } from "../core/driver.ts";
import { pgClientOptions, pgEnvironment, pgPool, pgPoolOptions, pgUrlParameters } from "./pg-types.ts";

const adapterTypes = {
  PrismaPg: {
    role: "pool",
    new: [
      {
        when: { argument: 0, is: "handle" },
        effects: [
          { does: "wraps", handle: { argument: 0 } },
          { does: "configures", options: 1, path: "adapter" },
        ],
      },
      {
        effects: [
          { does: "opens", options: 0, url: 0 },
          { does: "configures", options: 1, path: "adapter" },
        ],
      },
    ],
  },
  /** Adapters for other databases. */
  OtherAdapter: { role: "value", names: [], foreign: true, new: {} },
} as const satisfies Readonly<Record<string, TypeDescriptor>>;

/** The adapter that runs Prisma on a pg pool: its own, or one that it is given. */
export const prismaAdapterPg: Driver = {
  name: "prisma-adapter-pg",
  label: "Prisma's adapter for pg",
  language: "javascript",
  documentation: "https://www.prisma.io/docs/orm/overview/databases/postgresql#using-driver-adapters",
  modules: {
    "@prisma/adapter-pg": { PrismaPg: { class: "PrismaPg" } },
    "@prisma/adapter-neon": { PrismaNeon: { class: "PrismaPg" } },
    "@prisma/adapter-libsql": { PrismaLibSql: { class: "OtherAdapter" }, PrismaLibSQL: { class: "OtherAdapter" } },
    "@prisma/adapter-better-sqlite3": {
      PrismaBetterSqlite3: { class: "OtherAdapter" },
      PrismaBetterSQLite3: { class: "OtherAdapter" },
    },
    "@prisma/adapter-mariadb": { PrismaMariaDb: { class: "OtherAdapter" } },
    "@prisma/adapter-planetscale": { PrismaPlanetScale: { class: "OtherAdapter" } },
    "@prisma/adapter-mssql": { PrismaMssql: { class: "OtherAdapter" } },
    "@prisma/adapter-d1": { PrismaD1: { class: "OtherAdapter" } },
  },
  types: adapterTypes,
  options: {
    ...pgClientOptions,
    ...pgPoolOptions,
    "adapter.statementNameGenerator": { means: "statement name" },
    "adapter.onPoolError": { means: "error hook" },
    "adapter.onConnectionError": { means: "client side" },
    "adapter.schema": { means: "client side" },
    "adapter.disposeExternalPool": { means: "client side" },
  },
  urlParameters: pgUrlParameters,
  environmentVariables: pgEnvironment,
  pool: { ...pgPool, exitsOnIdleClose: false },
  applicationName: { option: "application_name", urlParameter: "application_name", environment: ["PGAPPNAME"] },
  statements: "unnamed",
};
