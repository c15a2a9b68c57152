import type { Driver, TypeDescriptor } from "../../core/driver.ts";
import { asyncpgOptions } from "./asyncpg.ts";
import { libpqApplicationName, libpqOptions, libpqUrlParameters } from "./libpq.ts";

const quiet = { exitsOnIdleClose: false, reconnects: true } as const;

const opening = (result: string): TypeDescriptor => ({
  role: "value",
  call: { effects: [{ does: "opens", options: "keywords", url: 0 }], returns: result },
});

/** aiopg: psycopg2 under asyncio. Its pool and its name alone. */
export const aiopg: Driver = {
  name: "aiopg",
  label: "aiopg",
  language: "python",
  documentation: "https://aiopg.readthedocs.io/en/stable/core.html",
  modules: { aiopg: { create_pool: { value: "create_pool" }, connect: { value: "connect" } } },
  types: {
    create_pool: opening("Pool"),
    connect: opening("Connection"),
    Pool: { role: "pool" },
    Connection: { role: "session" },
  },
  options: {
    ...libpqOptions,
    dsn: { means: "url" },
    minsize: { means: "min" },
    maxsize: { means: "max" },
    pool_recycle: { means: "lifetime", unit: "s", off: [-1] },
  },
  urlParameters: libpqUrlParameters,
  pool: { defaults: { max: 10, min: 1, idle: "never" }, ...quiet },
  applicationName: libpqApplicationName,
  statements: "unnamed",
};

/** encode/databases: an asyncpg pool behind a URL. */
export const databases: Driver = {
  name: "databases",
  label: "databases",
  language: "python",
  documentation: "https://www.encode.io/databases/connections_and_transactions/",
  modules: { databases: { Database: { class: "Database" } } },
  types: { Database: { role: "pool", new: { effects: [{ does: "opens", options: "keywords", url: 0 }] } } },
  // The `min_size` of asyncpg is no floor.
  options: { ...asyncpgOptions, url: { means: "url" }, min_size: { means: "client side" }, max_size: { means: "max" } },
  urlParameters: { min_size: { means: "client side" }, max_size: { means: "max" } },
  startupBags: ["server_settings"],
  pool: { defaults: { max: 10, idle: 300_000 }, ...quiet },
  applicationName: { option: "server_settings.application_name" },
  dialect: {
    postgres: [],
    schemes: ["postgresql", "postgres", "postgresql+asyncpg", "postgresql+aiopg"],
    packages: ["asyncpg", "aiopg"],
  },
  statements: "named",
};

/** Peewee's PostgreSQL databases; the pooled ones keep connections. */
export const peewee: Driver = {
  name: "peewee",
  label: "Peewee",
  language: "python",
  documentation: "https://docs.peewee-orm.com/en/latest/peewee/database.html",
  modules: {
    peewee: { PostgresqlDatabase: { class: "PostgresqlDatabase" } },
    "playhouse.pool": { PooledPostgresqlDatabase: { class: "PooledPostgresqlDatabase" } },
    "playhouse.postgres_ext": { PostgresqlExtDatabase: { class: "PostgresqlDatabase" } },
  },
  types: {
    PostgresqlDatabase: {
      role: "pool",
      new: { effects: [{ does: "opens", options: "keywords", positional: { 0: "database" } }] },
    },
    PooledPostgresqlDatabase: {
      role: "pool",
      new: { effects: [{ does: "opens", options: "keywords", positional: { 0: "database" } }] },
    },
  },
  options: {
    ...libpqOptions,
    database: { means: "database" },
    max_connections: { means: "max" },
    stale_timeout: { means: "idle", unit: "s" },
  },
  pool: { defaults: {}, ...quiet },
  applicationName: { option: "application_name", environment: ["PGAPPNAME"] },
  statements: "unnamed",
};

/** Tortoise ORM: `Tortoise.init(db_url=…)`. */
export const tortoise: Driver = {
  name: "tortoise",
  label: "Tortoise ORM",
  language: "python",
  documentation: "https://tortoise.github.io/databases.html",
  modules: { tortoise: { Tortoise: { class: "Tortoise" } } },
  types: {
    Tortoise: {
      role: "value",
      statics: { init: { effects: [{ does: "opens", options: "keywords" }], returns: "Connections" } },
    },
    Connections: { role: "pool" },
  },
  options: { db_url: { means: "url" } },
  pool: { defaults: { max: 5, min: 1 }, ...quiet },
  applicationName: {},
  dialect: { postgres: [], schemes: ["postgres", "asyncpg", "psycopg"], packages: ["asyncpg"] },
  statements: "unnamed",
};
