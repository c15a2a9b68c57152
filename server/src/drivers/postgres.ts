import type { Driver, Member, OptionDescriptor, TypeDescriptor } from "../core/driver.ts";

const begin: Member = {
  effects: [{ does: "runs in transaction", callback: { argument: "last" } }],
  calls: [{ callback: { argument: "last" }, with: ["TransactionSql"] }],
};

export const postgresTypes = {
  Factory: {
    role: "value",
    call: [
      { when: { argument: 0, is: "object" }, effects: [{ does: "opens", options: 0 }], returns: "Sql" },
      { effects: [{ does: "opens", url: 0, options: 1 }], returns: "Sql" },
    ],
  },
  /** What every handle of postgres.js can do. */
  ISql: {
    role: "pool",
    tag: { effects: [{ does: "runs", sql: { argument: 0 } }], returns: "PendingQuery" },
    /** `sql(values)`, `sql("name")`: a piece of a statement. */
    call: { returns: "Fragment" },
    members: {
      unsafe: [
        {
          when: { argument: 2, property: "prepare", is: "present" },
          effects: [{ does: "runs", sql: { argument: 0 } }, { does: "prepares" }],
          returns: "PendingQuery",
        },
        { effects: [{ does: "runs", sql: { argument: 0 } }], returns: "PendingQuery" },
      ],
      file: { effects: [{ does: "runs" }], returns: "PendingQuery" },
      notify: { effects: [{ does: "runs" }] },
      array: { returns: "Fragment" },
      json: { returns: "Fragment" },
      typed: { returns: "Fragment" },
    },
  },
  Sql: {
    role: "pool",
    extends: "ISql",
    members: {
      begin,
      reserve: { effects: [{ does: "acquires" }], returns: "ReservedSql" },
      listen: { effects: [{ does: "listens", channel: { argument: 0 } }] },
      subscribe: {},
      largeObject: {},
      end: { effects: [{ does: "ends" }] },
    },
  },
  TransactionSql: {
    role: "transaction",
    extends: "ISql",
    /** `prepare` starts a two-phase commit: the transaction ends with PREPARE TRANSACTION. */
    members: { savepoint: begin, prepare: {} },
  },
  ReservedSql: {
    role: "session",
    extends: "Sql",
    members: { release: { effects: [{ does: "releases" }] } },
  },
  /** Cursors keep their server until they end: safe. */
  PendingQuery: {
    role: "query",
    members: {
      simple: { returns: "PendingQuery" },
      values: { returns: "PendingQuery" },
      raw: { returns: "PendingQuery" },
      describe: { returns: "PendingQuery" },
      execute: { effects: [{ does: "runs" }], returns: "PendingQuery" },
      cursor: { effects: [{ does: "runs" }], calls: [{ callback: { argument: "last" }, with: [] }] },
      forEach: { effects: [{ does: "runs" }], calls: [{ callback: { argument: 0 }, with: [] }] },
      readable: { effects: [{ does: "runs" }] },
      writable: { effects: [{ does: "runs" }] },
      cancel: {},
    },
  },
  Fragment: { role: "value" },
} as const satisfies Readonly<Record<string, TypeDescriptor>>;

/** Facts A4, E1. A switch in the URL is text: only these two words turn it off. */
const prepare: OptionDescriptor = { means: "prepare", off: [false, "false", "disable"] };
const idle: OptionDescriptor = { means: "idle", unit: "s", off: [0, null] };
const lifetime: OptionDescriptor = { means: "lifetime", unit: "s", off: [0, null] };
const connectTimeout: OptionDescriptor = { means: "connect timeout", unit: "s", off: [0] };

/** Options whose names are the same in the options object and in the URL's query. */
const shared = {
  max: { means: "max" },
  idle_timeout: idle,
  max_lifetime: lifetime,
  connect_timeout: connectTimeout,
  prepare,
  fetch_types: { means: "client side" },
  ssl: { means: "client side" },
  keep_alive: { means: "client side" },
  backoff: { means: "client side" },
  debug: { means: "client side" },
  publications: { means: "client side" },
  target_session_attrs: { means: "client side" },
} as const satisfies Readonly<Record<string, OptionDescriptor>>;

const open = "the types allow any parameter here";

export const postgresOptions: Readonly<Record<string, OptionDescriptor>> = {
  host: { means: "host" },
  hostname: { means: "host" },
  port: { means: "port" },
  database: { means: "database" },
  db: { means: "database" },
  user: { means: "user" },
  username: { means: "user" },
  password: { means: "password" },
  pass: { means: "password" },
  ...shared,
  no_prepare: { means: "prepare", off: [true] },
  timeout: idle,
  "connection.application_name": { means: "application name" },
  /** Tracked by PgBouncer for each client. */
  "connection.TimeZone": { means: "client side" },
  "connection.DateStyle": { means: "client side" },
  "connection.standard_conforming_strings": { means: "client side", untyped: open },
  "connection.client_encoding": { means: "client side", untyped: open },
  connection: { means: "startup parameters" },
};

const postgresUrlParameters: Readonly<Record<string, OptionDescriptor>> = {
  ...shared,
  sslmode: { means: "client side" },
  sslrootcert: { means: "client side" },
  max_pipeline: { means: "client side" },
  sslnegotiation: { means: "client side" },
  application_name: { means: "application name" },
};

/** postgres.js: named statements by default, and startup parameters out of the URL's query. */
export const postgres: Driver = {
  name: "postgres",
  label: "postgres.js",
  language: "javascript",
  documentation: "https://github.com/porsager/postgres#the-connection-pool",
  modules: {
    postgres: { "=": { value: "Factory" }, default: { value: "Factory" } },
  },
  types: postgresTypes,
  options: postgresOptions,
  urlParameters: postgresUrlParameters,
  startupBags: ["connection", "?"],
  pool: {
    defaults: { max: 10, min: 0, idle: "never", lifetime: 45 * 60_000, acquireTimeout: "never" },
    traps: [{ path: "max", value: 0, says: "makes every query wait for ever" }],
    nullPool: [{ path: "idle_timeout", value: "0.001" }],
    boundedIdle: [{ path: "idle_timeout", value: "20" }],
    exitsOnIdleClose: false,
    reconnects: true,
  },
  applicationName: {
    option: "connection.application_name",
    urlParameter: "application_name",
    environment: ["PGAPPNAME"],
    fallback: "postgres.js",
  },
  statements: "named",
  concurrency: "pipelines",
};
