import type { Driver, ExportDescriptor, OptionDescriptor } from "../core/driver.ts";
import { knexOptions } from "./knex.ts";
import { mikroOrmTypes } from "./mikro-orm-types.ts";
import { nested, passedOn } from "./nested.ts";
import { pgClientOptions, pgEnvironment, pgPool, pgPoolOptions } from "./pg-types.ts";

const bag = "`driverOptions` is an untyped bag that goes to pg (to knex up to version 6)";

const options: Readonly<Record<string, OptionDescriptor>> = {
  ...passedOn(knexOptions, "an option of the knex that versions up to 6 hand out"),
  driver: { means: "dialect" },
  type: { means: "dialect", untyped: "an option up to version 5" },
  clientUrl: { means: "url" },
  host: { means: "host" },
  port: { means: "port" },
  dbName: { means: "database" },
  user: { means: "user" },
  password: { means: "password" },
  "pool.min": { means: "min" },
  "pool.max": { means: "max" },
  "pool.idleTimeoutMillis": { means: "idle", unit: "ms", off: [0] },
  onCreateConnection: { means: "connect hook", handed: ["NewConnection"] },
  onReserveConnection: { means: "connect hook", handed: ["NewConnection"] },
  /** `"connection"` sets the session's variables outside transactions. */
  sessionContext: { means: "session setting", off: ["transaction"] },
  implicitTransactions: { means: "client side" },
  ...nested("driverOptions", { ...pgClientOptions, ...pgPoolOptions }, bag),
  ...nested("driverOptions.connection", pgClientOptions, bag),
};

const names = {
  MikroORM: { class: "MikroORM" },
  EntityManager: { class: "EntityManager" },
  EntityRepository: { class: "EntityRepository" },
  Transactional: { value: "Transactional" },
  defineConfig: { value: "DefineConfig" },
} as const satisfies Readonly<Record<string, ExportDescriptor>>;

/** MikroORM by its PostgreSQL package. It opens a pg pool. */
export const mikroOrm: Driver = {
  name: "mikro-orm",
  label: "MikroORM",
  language: "javascript",
  documentation: "https://mikro-orm.io/docs/configuration#connection",
  modules: {
    "@mikro-orm/postgresql": {
      ...names,
      PostgreSqlDriver: { value: "PostgreSqlDriver" },
      SqlEntityManager: { class: "EntityManager" },
      knex: { value: "Factory" },
      Knex: { value: "Factory" },
    },
    "@mikro-orm/knex": {
      EntityManager: { class: "EntityManager" },
      knex: { value: "Factory" },
      Knex: { value: "Factory" },
    },
  },
  types: mikroOrmTypes,
  options,
  environmentVariables: pgEnvironment,
  pool: {
    ...pgPool,
    traps: [
      { path: "pool.max", value: 0, says: "means the default of 10 connections, not none" },
      { path: "pool.idleTimeoutMillis", value: 0, says: "keeps idle connections for ever" },
    ],
    nullPool: [{ path: "driverOptions.maxUses", value: "1" }],
    boundedIdle: [{ path: "pool.idleTimeoutMillis", value: "10000" }],
    exitsOnIdleClose: false,
  },
  applicationName: { option: "driverOptions.application_name", environment: ["PGAPPNAME"] },
  statements: "unnamed",
};

/** MikroORM by its core package, whose `driver` option names the database. */
export const mikroOrmCore: Driver = {
  ...mikroOrm,
  modules: {
    "@mikro-orm/core": names,
    "@mikro-orm/nestjs": { MikroOrmModule: { class: "MikroOrmModule" } },
    "@mikro-orm/decorators/*": { Transactional: { value: "Transactional" } },
  },
  dialect: {
    option: "driver",
    postgres: ["PostgreSqlDriver", "postgresql"],
    schemes: ["postgres", "postgresql"],
    packages: ["@mikro-orm/postgresql"],
  },
};
