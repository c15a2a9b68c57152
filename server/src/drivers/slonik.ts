import type { Driver, Member, TypeDescriptor } from "../core/driver.ts";
import { pgEnvironment } from "./pg-types.ts";

const query: Member = { effects: [{ does: "runs", sql: { argument: 0 } }] };
const text: Member = { effects: [{ does: "builds SQL", text: { argument: 0 } }], returns: "SqlToken" };
const tag: Member = { returns: "QueryTag" };
const piece: Member = { returns: "SqlToken" };

const types = {
  CreatePool: { role: "value", call: { effects: [{ does: "opens", url: 0, options: 1 }], returns: "DatabasePool" } },
  CommonQueryMethods: {
    role: "pool",
    members: {
      any: query,
      anyFirst: query,
      exists: query,
      many: query,
      manyFirst: query,
      maybeOne: query,
      maybeOneFirst: query,
      one: query,
      oneFirst: query,
      query,
      record: query,
      stream: query,
      transaction: {
        effects: [{ does: "runs in transaction", callback: { argument: 0 } }],
        calls: [{ callback: { argument: 0 }, with: ["DatabaseTransactionConnection"] }],
      },
    },
  },
  DatabasePool: {
    role: "pool",
    extends: "CommonQueryMethods",
    members: {
      connect: {
        effects: [{ does: "runs in session", callback: { argument: 0 } }],
        calls: [{ callback: { argument: 0 }, with: ["DatabasePoolConnection"] }],
      },
      end: { effects: [{ does: "ends" }] },
      on: { effects: [{ does: "handles event", callback: { argument: 1 } }] },
      state: {},
    },
  },
  DatabasePoolConnection: { role: "session", extends: "CommonQueryMethods" },
  DatabaseTransactionConnection: { role: "transaction", extends: "CommonQueryMethods" },
  /** `sql` is no tag itself since slonik 28; older code calls it as one. */
  SqlTag: {
    role: "value",
    tag: text,
    members: {
      unsafe: text,
      fragment: text,
      type: tag,
      typeAlias: tag,
      prepared: { effects: [{ does: "prepares", name: { argument: 0 } }], returns: "QueryTag" },
      join: piece,
      identifier: piece,
      literalValue: piece,
      and: piece,
      or: piece,
      list: piece,
      array: {},
      binary: {},
      date: {},
      interval: {},
      json: {},
      jsonb: {},
      timestamp: {},
      unnest: {},
      uuid: {},
    },
  },
  /** What `sql.type(…)` returns: the tag that makes the query. */
  QueryTag: { role: "value", tag: text },
  SqlTagFactory: { role: "value", call: { returns: "SqlTag" } },
  SqlToken: { role: "sql", names: ["QuerySqlToken", "FragmentSqlToken", "SqlToken"] },
} as const satisfies Readonly<Record<string, TypeDescriptor>>;

/** slonik, whose default timeouts are startup parameters that PgBouncer refuses. */
export const slonik: Driver = {
  name: "slonik",
  label: "Slonik",
  language: "javascript",
  documentation: "https://github.com/gajus/slonik#api-configuration",
  modules: {
    slonik: {
      createPool: { value: "CreatePool" },
      createSqlTag: { value: "SqlTagFactory" },
      sql: { value: "SqlTag" },
    },
    /** A fork with the same API. */
    "@silverhand/slonik": {
      createPool: { value: "CreatePool" },
      createSqlTag: { value: "SqlTagFactory" },
      sql: { value: "SqlTag" },
    },
    "@slonik/sql-tag": { createSqlTag: { value: "SqlTagFactory" } },
  },
  types,
  options: {
    maxPoolSize: { means: "max" },
    maximumPoolSize: { means: "max" },
    minPoolSize: { means: "min" },
    minimumPoolSize: { means: "min" },
    idleTimeout: { means: "idle", unit: "ms", off: ["DISABLE_TIMEOUT"] },
    maximumConnectionAge: { means: "lifetime", unit: "ms", off: ["DISABLE_TIMEOUT"] },
    connectionTimeout: { means: "acquire timeout", unit: "ms", off: ["DISABLE_TIMEOUT"] },
    statementTimeout: {
      means: "startup parameter",
      unit: "ms",
      parameter: "statement_timeout",
      off: ["DISABLE_TIMEOUT"],
    },
    idleInTransactionSessionTimeout: {
      means: "startup parameter",
      unit: "ms",
      parameter: "idle_in_transaction_session_timeout",
      off: ["DISABLE_TIMEOUT"],
    },
    password: { means: "password" },
    resetConnection: { means: "client side" },
    interceptors: { means: "client side" },
    queryRetryLimit: { means: "client side" },
    transactionRetryLimit: { means: "client side" },
    gracefulTerminationTimeout: { means: "client side", unit: "ms" },
  },
  urlParameters: {
    application_name: { means: "application name" },
    options: { means: "startup options" },
    sslmode: { means: "client side" },
  },
  environmentVariables: pgEnvironment,
  pool: {
    defaults: { max: 10, min: 0, idle: 5_000, lifetime: 30 * 60_000, acquireTimeout: 5_000 },
    nullPool: [{ path: "idleTimeout", value: "1" }],
    boundedIdle: [{ path: "idleTimeout", value: "5000" }],
    exitsOnIdleClose: false,
    reconnects: true,
  },
  applicationName: { urlParameter: "application_name", environment: ["PGAPPNAME"] },
  statements: "unnamed",
  sends: [{ on: "release", sql: "DISCARD ALL", unless: [{ path: "resetConnection", value: "async () => {}" }] }],
  startupDefaults: { statementTimeout: 60_000, idleInTransactionSessionTimeout: 60_000 },
};
