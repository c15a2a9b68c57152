import type { Driver, DriverBelow, Member, OptionDescriptor, Returned, TypeDescriptor } from "../../core/driver.ts";

const self = (type: string): Returned => ({ type, same: true });

/** Outside `transaction()` each statement is a transaction of its own. */
const runs: Member = { effects: [{ does: "runs", sql: { argument: 0, keyword: "query" } }] };

const statements: Readonly<Record<string, Member>> = {
  execute: runs,
  executemany: { effects: [{ does: "runs", sql: { argument: 0, keyword: "command" } }] },
  fetch: runs,
  fetchval: runs,
  fetchrow: runs,
  fetchmany: runs,
  copy_from_table: { effects: [{ does: "runs" }] },
  copy_to_table: { effects: [{ does: "runs" }] },
  copy_records_to_table: { effects: [{ does: "runs" }] },
};

const types: Readonly<Record<string, TypeDescriptor>> = {
  Pool: {
    role: "pool",
    members: {
      ...statements,
      acquire: { effects: [{ does: "acquires" }], returns: "PooledConnection" },
      release: { effects: [{ does: "releases", handle: { argument: 0, keyword: "connection" }, resets: true }] },
      close: { effects: [{ does: "ends" }] },
      terminate: { effects: [{ does: "ends" }] },
      __aenter__: { effects: [{ does: "connects" }], returns: self("Pool") },
    },
    dispose: { effects: [{ does: "ends" }] },
  },
  Connection: {
    role: "session",
    members: {
      ...statements,
      cursor: runs,
      prepare: { effects: [{ does: "prepares", name: { argument: 1, keyword: "name" } }] },
      transaction: { effects: [{ does: "begins", handle: "receiver" }], returns: self("Transaction") },
      add_listener: { effects: [{ does: "listens", channel: { argument: 0, keyword: "channel" } }] },
      close: { effects: [{ does: "ends" }] },
      terminate: { effects: [{ does: "ends" }] },
      __aenter__: { effects: [{ does: "connects" }], returns: self("Connection") },
    },
  },
  PooledConnection: {
    role: "session",
    names: ["PoolConnectionProxy"],
    extends: "Connection",
    members: {
      close: { effects: [{ does: "releases", resets: true }] },
      __aenter__: { effects: [{ does: "connects" }], returns: self("PooledConnection") },
    },
    dispose: { effects: [{ does: "releases", resets: true }] },
  },
  Transaction: {
    role: "session",
    members: {
      start: { effects: [{ does: "connects" }] },
      commit: { effects: [{ does: "commits" }] },
      rollback: { effects: [{ does: "rolls back" }] },
      __aenter__: { effects: [{ does: "connects" }], returns: self("Transaction") },
    },
    dispose: { effects: [{ does: "commits" }] },
  },
  connect: {
    role: "value",
    call: { effects: [{ does: "opens", options: "keywords", url: 0 }], returns: "Connection" },
  },
  create_pool: { role: "value", call: { effects: [{ does: "opens", options: "keywords", url: 0 }], returns: "Pool" } },
};

export const asyncpgOptions: Readonly<Record<string, OptionDescriptor>> = {
  dsn: { means: "url" },
  host: { means: "host" },
  port: { means: "port" },
  database: { means: "database" },
  user: { means: "user" },
  password: { means: "password" },
  timeout: { means: "connect timeout", unit: "s" },
  // 0 turns the names off (asyncpg 0.29 and later really sends unnamed statements then).
  statement_cache_size: { means: "prepare", off: [0] },
  command_timeout: { means: "client side" },
  max_cached_statement_lifetime: { means: "client side" },
  max_cacheable_statement_size: { means: "client side" },
  server_settings: { means: "startup parameters" },
  "server_settings.application_name": { means: "application name" },
};

/** What asyncpg reads of a URL's query; everything else there goes into `server_settings`. */
const read =
  "sslmode sslcert sslkey sslrootcert sslnegotiation sslcrl sslpassword ssl_min_protocol_version ssl_max_protocol_version";
const alsoRead = "host port dbname database user password passfile target_session_attrs krbsrvname gsslib";
const urlParameters: Readonly<Record<string, OptionDescriptor>> = {
  ...Object.fromEntries(`${read} ${alsoRead}`.split(" ").map((name) => [name, { means: "client side" }])),
  application_name: { means: "application name" },
};

/** asyncpg 0.27 and later: prepares every statement under a name of its own. */
export const asyncpg: Driver = {
  name: "asyncpg",
  label: "asyncpg",
  language: "python",
  asynchronous: ["Pool", "Connection", "PooledConnection", "Transaction"],
  documentation: "https://magicstack.github.io/asyncpg/current/api/index.html#connection-pools",
  modules: {
    asyncpg: {
      connect: { value: "connect" },
      create_pool: { value: "create_pool" },
      Pool: { class: "Pool" },
      Connection: { class: "Connection" },
    },
    "asyncpg.pool": {
      Pool: { class: "Pool" },
      create_pool: { value: "create_pool" },
      PoolConnectionProxy: { class: "PooledConnection" },
    },
    "asyncpg.connection": { Connection: { class: "Connection" }, connect: { value: "connect" } },
    "asyncpg.transaction": { Transaction: { class: "Transaction" } },
  },
  types,
  options: {
    ...asyncpgOptions,
    // What is opened at the start, and closed like any other connection once it is idle: no floor.
    min_size: { means: "client side" },
    max_size: { means: "max" },
    max_queries: { means: "max uses" },
    max_inactive_connection_lifetime: { means: "idle", unit: "s", off: [0] },
    init: { means: "connect hook" },
    setup: { means: "connect hook" },
  },
  urlParameters,
  startupBags: ["server_settings", "?"],
  pool: {
    defaults: { max: 10, idle: 300_000, acquireTimeout: "never" },
    boundedIdle: [{ path: "max_inactive_connection_lifetime", value: "60" }],
    exitsOnIdleClose: false,
    reconnects: true,
  },
  // PGAPPNAME is not read.
  applicationName: { option: "server_settings.application_name", urlParameter: "application_name" },
  statements: "named",
};

/** asyncpg below SQLAlchemy: either of them names statements, and only both caches off leave none. */
export const asyncpgBelow: DriverBelow = {
  label: "asyncpg",
  statements: "named",
  unnamed: [
    { path: "connect_args.statement_cache_size", value: "0" },
    { path: "connect_args.prepared_statement_cache_size", value: "0" },
  ],
  enough: { path: "connect_args.statement_cache_size", package: "asyncpg", version: [0, 29] },
  unnamedSince: { package: "asyncpg", version: [0, 29] },
};
