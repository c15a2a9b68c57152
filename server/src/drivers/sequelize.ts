import type { Driver, ExportDescriptor, Member, OptionDescriptor, Signature, TypeDescriptor } from "../core/driver.ts";
import { nested } from "./nested.ts";
import { pgClientOptions, pgUrlParameters } from "./pg-types.ts";

/** Runs on the transaction in the options of whichever argument has them, else on the pool. */
const on = { argument: "any", property: "transaction" } as const;
const runs: Member = { effects: [{ does: "runs", on }] };
/** Takes no transaction. */
const apart: Member = { effects: [{ does: "runs" }] };
const finds: Member = { effects: [{ does: "runs", on }], returns: "Model" };
/** Opens a transaction of its own where it is given none (facts C18). */
const implicit: Member = { effects: [{ does: "runs", on, implicitTransaction: true }] };
const model: Member = { returns: "ModelClass" };

const query: Member = [
  {
    when: { argument: 0, is: "object" },
    effects: [{ does: "runs", sql: { argument: 0, property: "query" }, on }],
  },
  { effects: [{ does: "runs", sql: { argument: 0 }, on }] },
];

/** Static members of a model. */
const statics = {
  findAll: runs,
  findAndCountAll: runs,
  findByPk: finds,
  findOne: finds,
  findOrCreate: implicit,
  findCreateFind: runs,
  create: finds,
  bulkCreate: runs,
  upsert: runs,
  update: runs,
  destroy: runs,
  restore: runs,
  truncate: runs,
  increment: runs,
  decrement: runs,
  count: runs,
  max: runs,
  min: runs,
  sum: runs,
  aggregate: runs,
  sync: apart,
  drop: apart,
  describe: apart,
  build: { returns: "Model" },
} as const satisfies Readonly<Record<string, Member>>;

/** Static members that only version 6 has, or has in this place. */
const scopes = { scope: model, unscoped: model, schema: model } as const satisfies Readonly<Record<string, Member>>;

const managed: Member = {
  when: { argument: "last", is: "function" },
  effects: [{ does: "runs in transaction", callback: { argument: "last" } }],
  calls: [{ callback: { argument: "last" }, with: ["Transaction"] }],
};

const afterConnect: Signature = {
  effects: [{ does: "handles event", event: "connect", callback: { argument: "last" } }],
  calls: [{ callback: { argument: "last" }, with: ["Connection"] }],
};

/** Of all hooks, only this one is of interest. */
const hook: Member = [{ ...afterConnect, when: { argument: 0, is: "string", oneOf: ["afterConnect"] } }, {}];

const types = {
  Sequelize: {
    role: "pool",
    new: [
      { when: { argument: 0, is: "object" }, effects: [{ does: "opens", options: 0 }] },
      { when: { argument: 1, is: "object" }, effects: [{ does: "opens", url: 0, options: 1 }] },
      { when: { argument: 2, is: "absent" }, effects: [{ does: "opens", url: 0, options: 1 }] },
      {
        when: { argument: 2, is: "object" },
        effects: [{ does: "opens", options: 2, positional: { 0: "database", 1: "user" } }],
      },
      { effects: [{ does: "opens", options: 3, positional: { 0: "database", 1: "user", 2: "password" } }] },
    ],
    statics: { useCLS: { effects: [{ does: "enables ambient transactions" }] } },
    members: {
      transaction: [managed, { effects: [{ does: "begins", handle: "result" }], returns: "Transaction" }],
      query,
      define: model,
      model,
      getQueryInterface: { returns: "QueryInterface" },
      authenticate: runs,
      validate: runs,
      sync: apart,
      drop: apart,
      truncate: runs,
      createSchema: apart,
      dropSchema: apart,
      showAllSchemas: apart,
      close: { effects: [{ does: "ends" }] },
      addHook: hook,
    },
    properties: { models: { type: "Models", same: true } },
  },
  Transaction: {
    role: "transaction",
    members: {
      commit: { effects: [{ does: "commits" }] },
      rollback: { effects: [{ does: "rolls back" }] },
      afterCommit: {},
    },
  },
  Models: { role: "query", anyProperty: { type: "ModelClass", same: true } },
  /** A model as a value: what `define` and `sequelize.models.User` are. */
  ModelClass: { role: "query", names: ["ModelStatic", "ModelCtor"], members: { ...statics, ...scopes } },
  Model: {
    role: "value",
    statics: {
      ...statics,
      ...scopes,
      init: { effects: [{ does: "wraps", handle: { argument: 1, property: "sequelize" } }] },
    },
    members: {
      save: runs,
      update: runs,
      destroy: runs,
      restore: runs,
      reload: runs,
      increment: runs,
      decrement: runs,
    },
  },
  QueryInterface: { role: "query", anyMember: runs },
  /** A raw pg client, in `afterConnect`. */
  Connection: { role: "session", names: [], members: { query: { effects: [{ does: "runs", sql: { argument: 0 } }] } } },
  SequelizeModule: {
    role: "value",
    statics: {
      forRoot: { effects: [{ does: "opens", options: 0 }], returns: "Sequelize" },
      forRootAsync: { effects: [{ does: "opens", options: 0, factory: "useFactory" }], returns: "Sequelize" },
      forFeature: {},
    },
  },
} as const satisfies Readonly<Record<string, TypeDescriptor>>;

const pool: Readonly<Record<string, OptionDescriptor>> = {
  "pool.max": { means: "max" },
  "pool.min": { means: "min" },
  "pool.idle": { means: "idle", unit: "ms" },
  "pool.evict": { means: "reap", unit: "ms" },
  "pool.acquire": { means: "acquire timeout", unit: "ms" },
  "pool.maxUses": { means: "max uses" },
  "pool.validate": { means: "client side" },
};

const credentials: Readonly<Record<string, OptionDescriptor>> = {
  host: { means: "host" },
  port: { means: "port" },
  database: { means: "database" },
  username: { means: "user" },
  password: { means: "password" },
};

const names = {
  Sequelize: { class: "Sequelize" },
  Model: { class: "Model" },
  Transaction: { class: "Transaction" },
} as const satisfies Readonly<Record<string, ExportDescriptor>>;

const shared = { name: "sequelize", language: "javascript" } as const;

const behaviour = {
  defaults: { max: 5, min: 0, idle: 10_000, lifetime: "never", acquireTimeout: 60_000 },
  traps: [{ path: "pool.idle", value: 0, says: "means 30 seconds, not at once" }],
  nullPool: [{ path: "pool.maxUses", value: "1" }],
  boundedIdle: [
    { path: "pool.min", value: "0" },
    { path: "pool.idle", value: "10000" },
  ],
  exitsOnIdleClose: false,
  reconnects: true,
} as const;

/** Sequelize 6 over PostgreSQL (facts D19, E1, E3). */
export const sequelize: Driver = {
  ...shared,
  label: "Sequelize",
  documentation: "https://sequelize.org/docs/v6/other-topics/connection-pool/",
  modules: {
    sequelize: { ...names, "=": { class: "Sequelize" }, default: { class: "Sequelize" } },
    "sequelize-typescript": { Sequelize: { class: "Sequelize" }, Model: { class: "Model" } },
    "@nestjs/sequelize": { SequelizeModule: { class: "SequelizeModule" } },
  },
  types,
  options: {
    dialect: { means: "dialect" },
    ...credentials,
    ...nested("replication.write", credentials),
    ...pool,
    "hooks.afterConnect": { means: "connect hook" },
    uri: { means: "url", untyped: "an option of @nestjs/sequelize alone" },
    clientMinMessages: { means: "session setting", parameter: "client_min_messages", off: ["ignore", false] },
    timezone: { means: "client side" },
    keepDefaultTimezone: {
      means: "client side",
      untyped: "read by the library; its types leave it out of the options",
    },
    ...nested(
      "dialectOptions",
      {
        ...pgClientOptions,
        clientMinMessages: { means: "session setting", parameter: "client_min_messages", off: ["ignore", false] },
        prependSearchPath: { means: "search path" },
      },
      "`dialectOptions` is an untyped bag",
    ),
  },
  urlParameters: pgUrlParameters,
  pool: behaviour,
  applicationName: {
    option: "dialectOptions.application_name",
    urlParameter: "application_name",
    environment: ["PGAPPNAME"],
  },
  dialect: {
    option: "dialect",
    postgres: ["postgres"],
    schemes: ["postgres", "postgresql"],
    packages: ["pg", "pg-hstore"],
  },
  statements: "unnamed",
  sends: [
    {
      on: "connect",
      sql: "SET client_min_messages TO warning",
      unless: [
        { path: "dialectOptions.clientMinMessages", value: '"ignore"' },
        { path: "clientMinMessages", value: '"ignore"' },
      ],
    },
  ],
};

/** Transactions of version 7 are found through AsyncLocalStorage unless `disableClsTransactions` is set. */
const managed7: Member = {
  effects: [{ does: "runs in transaction", callback: { argument: "last" }, ambient: "async local storage" }],
  calls: [{ callback: { argument: "last" }, with: ["Transaction"] }],
};

/** Sequelize 7, one package a dialect. */
export const sequelize7: Driver = {
  ...shared,
  label: "Sequelize 7",
  documentation: "https://sequelize.org/docs/v7/other-topics/connection-pool/",
  modules: {
    "@sequelize/core": names,
    "@sequelize/postgres": { PostgresDialect: { value: "PostgresDialect" } },
  },
  types: {
    ...types,
    PostgresDialect: { role: "value" },
    Sequelize: {
      ...types.Sequelize,
      new: { effects: [{ does: "opens", options: 0 }] },
      statics: {},
      members: {
        ...types.Sequelize.members,
        query: { effects: [{ does: "runs", sql: { argument: 0 }, on }] },
        transaction: managed7,
        startUnmanagedTransaction: {
          effects: [{ does: "begins", handle: "result" }],
          returns: "Transaction",
        },
      },
    },
    Model: {
      ...types.Model,
      statics: { ...types.Model.statics, withScope: model, withoutScope: model, withSchema: model },
    },
  },
  options: {
    dialect: { means: "dialect" },
    url: { means: "url" },
    host: { means: "host" },
    port: { means: "port" },
    database: { means: "database" },
    user: { means: "user" },
    password: { means: "password" },
    ...pool,
    application_name: { means: "application name" },
    statement_timeout: pgClientOptions.statement_timeout,
    lock_timeout: pgClientOptions.lock_timeout,
    idle_in_transaction_session_timeout: pgClientOptions.idle_in_transaction_session_timeout,
    options: pgClientOptions.options,
    query_timeout: pgClientOptions.query_timeout,
    connectionTimeoutMillis: { means: "connect timeout", unit: "ms" },
    clientMinMessages: { means: "session setting", parameter: "client_min_messages", off: [false] },
    timezone: { means: "client side" },
    keepDefaultTimezone: { means: "client side" },
  },
  urlParameters: pgUrlParameters,
  pool: behaviour,
  applicationName: { option: "application_name", urlParameter: "application_name", environment: ["PGAPPNAME"] },
  dialect: {
    option: "dialect",
    postgres: ["postgres", "PostgresDialect"],
    schemes: ["postgres", "postgresql"],
    packages: ["@sequelize/postgres"],
  },
  statements: "unnamed",
  sends: [
    {
      on: "connect",
      sql: "SET client_min_messages TO warning",
      unless: [{ path: "clientMinMessages", value: "false" }],
    },
  ],
};
