import type { Driver, ExportDescriptor, OptionDescriptor } from "../../core/driver.ts";
import { asyncpgBelow, asyncpgOptions } from "./asyncpg.ts";
import { psycopgBelow, psycopgOptions } from "./psycopg.ts";
import { poolClasses, sqlalchemyTypes } from "./sqlalchemy-types.ts";

const engine: Readonly<Record<string, ExportDescriptor>> = {
  create_engine: { value: "create_engine" },
  engine_from_config: { value: "engine_from_config" },
  Engine: { class: "Engine" },
  Connection: { class: "Connection" },
};

const asyncEngine: Readonly<Record<string, ExportDescriptor>> = {
  create_async_engine: { value: "create_async_engine" },
  async_engine_from_config: { value: "async_engine_from_config" },
  AsyncEngine: { class: "AsyncEngine" },
  AsyncConnection: { class: "AsyncConnection" },
  AsyncTransaction: { class: "Transaction" },
};

const asyncSession: Readonly<Record<string, ExportDescriptor>> = {
  AsyncSession: { class: "AsyncSession" },
  async_sessionmaker: { class: "async_sessionmaker" },
};

const asyncio: Readonly<Record<string, ExportDescriptor>> = {
  ...asyncEngine,
  ...asyncSession,
  async_scoped_session: { class: "async_scoped_session" },
};

const ormSession: Readonly<Record<string, ExportDescriptor>> = {
  Session: { class: "Session" },
  sessionmaker: { class: "sessionmaker" },
};

const orm: Readonly<Record<string, ExportDescriptor>> = {
  ...ormSession,
  scoped_session: { class: "scoped_session" },
  Query: { class: "Query" },
};

const pools: Readonly<Record<string, ExportDescriptor>> = Object.fromEntries(
  poolClasses.map((name) => [name, { class: name }]),
);

const text: Readonly<Record<string, ExportDescriptor>> = { text: { value: "text" } };

/** Arguments of the driver's own `connect()`, whichever it is. */
const connectArguments: Readonly<Record<string, OptionDescriptor>> = Object.fromEntries(
  Object.entries({ ...psycopgOptions, ...asyncpgOptions }).map(([name, option]) => [`connect_args.${name}`, option]),
);

/** Arguments of `create_engine()`. */
export const sqlalchemyOptions: Readonly<Record<string, OptionDescriptor>> = {
  url: { means: "url" },
  pool_size: { means: "max" },
  max_overflow: { means: "client side" },
  pool_timeout: { means: "acquire timeout", unit: "s" },
  pool_recycle: { means: "lifetime", unit: "s", off: [-1] },
  pool_pre_ping: { means: "client side" },
  pool_use_lifo: { means: "client side" },
  poolclass: { means: "client side" },
  creator: { means: "handle" },
  async_creator: { means: "handle" },
  isolation_level: { means: "client side" },
  execution_options: { means: "client side" },
  prepared_statement_name_func: { means: "statement name" },
  ...connectArguments,
  "connect_args.prepared_statement_cache_size": { means: "prepare", off: [0] },
  "connect_args.prepared_statement_name_func": { means: "statement name" },
};

/** SQLAlchemy 1.3 to 2.1, and SQLModel on it. */
export const sqlalchemy: Driver = {
  name: "sqlalchemy",
  label: "SQLAlchemy",
  language: "python",
  asynchronous: ["AsyncEngine", "AsyncConnection", "BegunAsyncConnection", "AsyncSession", "BegunAsyncSession"],
  documentation: "https://docs.sqlalchemy.org/en/20/core/pooling.html",
  modules: {
    sqlalchemy: {
      ...engine,
      ...text,
      // From 2.0 on also here.
      ...pools,
      pool: { namespace: pools },
      engine: { namespace: engine },
      orm: { namespace: orm },
      ext: { namespace: { asyncio: { namespace: asyncio } } },
    },
    "sqlalchemy.engine": engine,
    "sqlalchemy.engine.base": { Engine: { class: "Engine" }, Connection: { class: "Connection" } },
    "sqlalchemy.future": {
      create_engine: { value: "create_engine" },
      Engine: { class: "Engine" },
      Connection: { class: "Connection" },
    },
    "sqlalchemy.orm": orm,
    "sqlalchemy.orm.session": ormSession,
    "sqlalchemy.orm.scoping": { scoped_session: { class: "scoped_session" } },
    "sqlalchemy.ext.asyncio": asyncio,
    "sqlalchemy.ext.asyncio.session": asyncSession,
    "sqlalchemy.ext.asyncio.engine": asyncEngine,
    "sqlalchemy.pool": pools,
    "sqlalchemy.sql": text,
    "sqlalchemy.sql.expression": text,
    sqlmodel: { ...engine, ...text, Session: { class: "Session" } },
    "sqlmodel.orm.session": { Session: { class: "Session" } },
    "sqlmodel.ext.asyncio.session": { AsyncSession: { class: "AsyncSession" } },
  },
  types: sqlalchemyTypes,
  options: sqlalchemyOptions,
  urlParameters: {
    application_name: { means: "application name" },
    options: { means: "startup options" },
    prepared_statement_cache_size: { means: "prepare", off: [0, "0"] },
  },
  startupBags: ["connect_args.server_settings"],
  pool: {
    defaults: { max: 5, min: 0, idle: "never", lifetime: "never", acquireTimeout: 30_000 },
    nullPool: [{ path: "poolclass", value: "NullPool", imports: [{ module: "sqlalchemy.pool", name: "NullPool" }] }],
    refusedByNullPool: ["pool_size", "max_overflow", "pool_timeout", "pool_use_lifo"],
    exitsOnIdleClose: false,
    reconnects: false,
  },
  applicationName: {
    option: "connect_args.application_name",
    urlParameter: "application_name",
    environment: ["PGAPPNAME"],
  },
  dialect: {
    postgres: ["postgresql"],
    schemes: [
      "postgresql",
      "postgres",
      "postgresql+psycopg2",
      "postgresql+psycopg",
      "postgresql+psycopg_async",
      "postgresql+asyncpg",
      "postgresql+pg8000",
    ],
    packages: ["psycopg2", "psycopg2-binary", "psycopg", "asyncpg"],
  },
  // Decided by the driver in the URL's scheme; on psycopg2 none has a name.
  statements: "unnamed",
  below: { asyncpg: asyncpgBelow, psycopg: psycopgBelow, psycopg_async: psycopgBelow },
};
