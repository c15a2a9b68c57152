import type { Driver, ExportDescriptor, OptionDescriptor } from "../core/driver.ts";
import { drizzleTypes, named } from "./drizzle-types.ts";
import { neonHttpTypes, neonOptions } from "./neon.ts";
import { nested } from "./nested.ts";
import {
  givenPool,
  pgClientOptions,
  pgEnvironment,
  pgPool,
  pgPoolOptions,
  pgTypes,
  pgUrlParameters,
} from "./pg-types.ts";
import { postgres, postgresOptions, postgresTypes } from "./postgres.ts";
import { vercelTypes } from "./vercel-postgres.ts";

const shared = { language: "javascript", name: "drizzle", urlParameters: pgUrlParameters } as const;
const names = { drizzle: { value: "Factory" } } as const satisfies Readonly<Record<string, ExportDescriptor>>;
const migrator = { migrate: { value: "Migrate" } } as const satisfies Readonly<Record<string, ExportDescriptor>>;
const connection: Readonly<Record<string, OptionDescriptor>> = {
  connection: { means: "url" },
  client: { means: "handle" },
};

const pgBehaviour = {
  ...pgPool,
  traps: pgPool.traps.map((trap) => ({ ...trap, path: `connection.${trap.path}` })),
  nullPool: [{ path: "connection.maxUses", value: "1" }],
  boundedIdle: [{ path: "connection.idleTimeoutMillis", value: "10000" }],
} as const;

const pgName = {
  option: "connection.application_name",
  urlParameter: "application_name",
  environment: ["PGAPPNAME"],
} as const;

/** Drizzle over pg; it also stands for the parts that all of Drizzle's PostgreSQL drivers share. */
export const drizzleNodePostgres: Driver = {
  ...shared,
  label: "Drizzle (node-postgres)",
  documentation: "https://orm.drizzle.team/docs/get-started-postgresql#node-postgres",
  modules: {
    "drizzle-orm/node-postgres": names,
    "drizzle-orm/node-postgres/migrator": migrator,
    "drizzle-orm": { sql: { value: "SqlTag" } },
    "drizzle-orm/sql": { sql: { value: "SqlTag" } },
    "drizzle-orm/pg-core": {},
  },
  types: {
    ...pgTypes,
    ...drizzleTypes,
    ...named("Pool", ["PgDatabase", "NodePgDatabase"], ["PgTransaction", "NodePgTransaction"]),
  },
  options: { ...connection, ...nested("connection", { ...pgClientOptions, ...pgPoolOptions }) },
  environmentVariables: pgEnvironment,
  pool: pgBehaviour,
  applicationName: pgName,
  statements: "unnamed",
};

/** Drizzle over postgres.js: its own statements are unnamed, but COMMIT and the type query go by that driver's `prepare`. */
export const drizzlePostgresJs: Driver = {
  ...shared,
  label: "Drizzle (postgres.js)",
  documentation: "https://orm.drizzle.team/docs/get-started-postgresql#postgresjs",
  modules: { "drizzle-orm/postgres-js": names, "drizzle-orm/postgres-js/migrator": migrator },
  types: {
    ...postgresTypes,
    ...drizzleTypes,
    ...named("Sql", ["PostgresJsDatabase"], ["PostgresJsTransaction"]),
  },
  options: { ...connection, "connection.url": { means: "url" }, ...nested("connection", postgresOptions) },
  urlParameters: postgres.urlParameters ?? {},
  startupBags: ["connection.connection", "?"],
  pool: {
    ...postgres.pool,
    traps: [{ path: "connection.max", value: 0, says: "makes every query wait for ever" }],
    nullPool: [{ path: "connection.idle_timeout", value: "0.001" }],
    boundedIdle: [{ path: "connection.idle_timeout", value: "20" }],
  },
  applicationName: { ...postgres.applicationName, option: "connection.connection.application_name" },
  statements: "named",
  concurrency: "pipelines",
};

/** Drizzle over Neon's WebSocket pool. */
export const drizzleNeon: Driver = {
  ...shared,
  label: "Drizzle (Neon)",
  documentation: "https://orm.drizzle.team/docs/connect-neon",
  modules: { "drizzle-orm/neon-serverless": names, "drizzle-orm/neon-serverless/migrator": migrator },
  types: {
    ...pgTypes,
    ...drizzleTypes,
    ...named("Pool", ["NeonDatabase"], ["NeonTransaction"]),
  },
  options: { ...connection, ...nested("connection", neonOptions) },
  pool: pgBehaviour,
  applicationName: pgName,
  statements: "unnamed",
};

const http = named("NeonQueryFunction", ["NeonHttpDatabase"], ["NeonTransaction"]);

/** Drizzle over Neon's HTTP function: no connection, and no transaction but a batch. */
export const drizzleNeonHttp: Driver = {
  ...shared,
  label: "Drizzle (Neon over HTTP)",
  documentation: "https://orm.drizzle.team/docs/connect-neon",
  modules: { "drizzle-orm/neon-http": names, "drizzle-orm/neon-http/migrator": migrator },
  types: {
    ...neonHttpTypes,
    ...drizzleTypes,
    ...http,
    Factory: { role: "value", call: { returns: "Database" } },
    /** Each request is a connection of its own: a name lives no longer than that. */
    Builder: { ...drizzleTypes.Builder, members: { ...drizzleTypes.Builder.members, prepare: { returns: "Builder" } } },
    Database: {
      ...http.Database,
      members: {
        ...drizzleTypes.Database.members,
        batch: { effects: [{ does: "runs batch in transaction", statements: { argument: 0 } }] },
      },
    },
  },
  options: connection,
  pool: givenPool,
  applicationName: {},
  statements: "unnamed",
};

/** Drizzle over `@vercel/postgres`: without a client it uses that package's own pool. */
export const drizzleVercel: Driver = {
  ...shared,
  label: "Drizzle (Vercel Postgres)",
  documentation: "https://orm.drizzle.team/docs/connect-vercel-postgres",
  modules: { "drizzle-orm/vercel-postgres": names, "drizzle-orm/vercel-postgres/migrator": migrator },
  types: {
    ...vercelTypes,
    ...drizzleTypes,
    ...named("Pool", ["VercelPgDatabase"], ["VercelPgTransaction"]),
  },
  options: { client: { means: "handle" } },
  pool: givenPool,
  applicationName: {},
  statements: "unnamed",
};
