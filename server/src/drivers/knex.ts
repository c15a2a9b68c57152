import type { Driver, Member, OptionDescriptor, Signature, TypeDescriptor } from "../core/driver.ts";
import { nested } from "./nested.ts";
import { pgClientOptions, pgEnvironment } from "./pg-types.ts";

const managed: Signature = {
  effects: [{ does: "runs in transaction", callback: { argument: 0 }, unlessReturned: "stays open" }],
  calls: [{ callback: { argument: 0 }, with: ["Transaction"] }],
};

const transaction: Member = [
  { ...managed, when: { argument: 0, is: "function" } },
  { effects: [{ does: "begins", handle: "result" }], returns: "Transaction" },
];

/** The values of knex; objection and MikroORM hand them out too. */
export const knexTypes = {
  Factory: { role: "value", call: { effects: [{ does: "opens", options: 0, url: 0 }], returns: "Knex" } },
  Knex: {
    role: "pool",
    call: { returns: "QueryBuilder" },
    members: {
      transaction,
      transactionProvider: { returns: "TransactionProvider" },
      raw: { effects: [{ does: "runs", sql: { argument: 0 } }], returns: "Raw" },
      batchInsert: { effects: [{ does: "runs", implicitTransaction: true }], returns: "QueryBuilder" },
      queryBuilder: { returns: "QueryBuilder" },
      withUserParams: { returns: { type: "Knex", same: true } },
      ref: { returns: "Fragment" },
      destroy: { effects: [{ does: "ends" }] },
      initialize: {},
      on: { effects: [{ does: "handles event", callback: { argument: 1 } }] },
    },
    properties: {
      client: { type: "Client", same: true },
      schema: { type: "SchemaBuilder", same: true },
      migrate: { type: "Migrator", same: true },
      seed: { type: "Seeder", same: true },
      fn: "Fragment",
    },
    /** `knex.select(…)`, `knex.insert(…)`, `knex.with(…)`. */
    anyMember: { returns: "QueryBuilder" },
  },
  Transaction: {
    role: "transaction",
    extends: "Knex",
    names: ["Knex.Transaction"],
    members: {
      commit: { effects: [{ does: "commits" }] },
      rollback: { effects: [{ does: "rolls back" }] },
      savepoint: managed,
      isCompleted: {},
    },
  },
  /** Returned by `transactionProvider()`: each call yields the one transaction, begun by the first. */
  TransactionProvider: {
    role: "pool",
    names: ["Knex.TransactionProvider"],
    call: { effects: [{ does: "begins", handle: "result" }], returns: "Transaction" },
  },
  QueryBuilder: {
    role: "query",
    names: ["Knex.QueryBuilder"],
    members: {
      transacting: { effects: [{ does: "moves to", handle: { argument: 0 } }], returns: "QueryBuilder" },
      connection: { effects: [{ does: "moves to", handle: { argument: 0 } }], returns: "QueryBuilder" },
      options: {
        effects: [{ does: "prepares", name: { argument: 0, property: "name" } }],
        returns: "QueryBuilder",
      },
      stream: { effects: [{ does: "runs" }] },
      pipe: { effects: [{ does: "runs" }] },
      asCallback: { effects: [{ does: "runs" }], calls: [{ callback: { argument: 0 }, with: [] }] },
      toQuery: {},
    },
    anyMember: { returns: "QueryBuilder" },
  },
  Raw: { role: "query", extends: "QueryBuilder", names: ["Knex.Raw"] },
  SchemaBuilder: { role: "query", extends: "QueryBuilder", names: ["Knex.SchemaBuilder"] },
  Fragment: { role: "value" },
  Migrator: {
    role: "pool",
    names: ["Knex.Migrator"],
    members: {
      latest: { effects: [{ does: "migrates" }] },
      up: { effects: [{ does: "migrates" }] },
      down: { effects: [{ does: "migrates" }] },
      rollback: { effects: [{ does: "migrates" }] },
    },
  },
  Seeder: { role: "pool", names: ["Knex.Seeder"], members: { run: { effects: [{ does: "runs" }] } } },
  /** `knex.client`: raw connections out of its pool. */
  Client: {
    role: "pool",
    names: ["Knex.Client"],
    members: {
      acquireConnection: { effects: [{ does: "acquires" }], returns: "Connection" },
      releaseConnection: { effects: [{ does: "releases", handle: { argument: 0 } }] },
      destroy: { effects: [{ does: "ends" }] },
    },
  },
  Connection: { role: "session", members: { query: { effects: [{ does: "runs", sql: { argument: 0 } }] } } },
} as const satisfies Readonly<Record<string, TypeDescriptor>>;

/** Facts E1 and B12, B15, D18. */
export const knexOptions: Readonly<Record<string, OptionDescriptor>> = {
  client: { means: "dialect" },
  connection: { means: "url" },
  ...nested("connection", pgClientOptions, {
    lock_timeout: "knex hands it on to pg; Knex.PgConnectionConfig leaves it out",
    fallback_application_name: "knex hands it on to pg; Knex.PgConnectionConfig leaves it out",
    client_encoding: "knex hands it on to pg; Knex.PgConnectionConfig leaves it out",
  }),
  connectionPool: { means: "handle" },
  "pool.min": { means: "min" },
  "pool.max": { means: "max" },
  "pool.idleTimeoutMillis": { means: "idle", unit: "ms" },
  "pool.reapIntervalMillis": { means: "reap", unit: "ms" },
  "pool.maxConnectionLifetimeMillis": { means: "lifetime", unit: "ms", off: [0] },
  "pool.acquireTimeoutMillis": { means: "acquire timeout", unit: "ms" },
  "pool.createTimeoutMillis": { means: "connect timeout", unit: "ms" },
  "pool.afterCreate": { means: "connect hook", handed: ["Connection"] },
  acquireConnectionTimeout: { means: "acquire timeout", unit: "ms" },
  searchPath: { means: "search path" },
};

/** knex over PostgreSQL. Its pool is tarn, which keeps two connections by default. */
export const knex: Driver = {
  name: "knex",
  label: "Knex",
  language: "javascript",
  documentation: "https://knexjs.org/guide/#pool",
  modules: {
    knex: {
      "=": { value: "Factory" },
      default: { value: "Factory" },
      knex: { value: "Factory" },
      Knex: { value: "Factory" },
    },
  },
  types: knexTypes,
  options: knexOptions,
  urlParameters: { application_name: { means: "application name" } },
  environmentVariables: pgEnvironment,
  pool: {
    defaults: { max: 10, min: 2, idle: 30_000, lifetime: "never", acquireTimeout: 60_000 },
    traps: [{ path: "pool.max", value: 0, says: "makes every query fail: there is no connection to acquire" }],
    nullPool: [
      { path: "pool.min", value: "0" },
      { path: "pool.idleTimeoutMillis", value: "1" },
      { path: "pool.reapIntervalMillis", value: "1" },
    ],
    boundedIdle: [
      { path: "pool.min", value: "0" },
      { path: "pool.idleTimeoutMillis", value: "10000" },
    ],
    exitsOnIdleClose: false,
    reconnects: true,
  },
  applicationName: {
    option: "connection.application_name",
    urlParameter: "application_name",
    environment: ["PGAPPNAME"],
  },
  dialect: {
    option: "client",
    postgres: ["pg", "postgres", "postgresql", "pgnative", "pg-native"],
    schemes: ["postgres", "postgresql"],
    packages: ["pg"],
  },
  statements: "unnamed",
};
