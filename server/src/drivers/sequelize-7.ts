import type { Driver, Member } from "../core/driver.ts";
import { pgClientOptions, pgEnvironment, pgUrlParameters } from "./pg-types.ts";
import { behaviour, names, poolOptions } from "./sequelize-shared.ts";
import { model, on, sequelizeTypes } from "./sequelize-types.ts";

/** Transactions of version 7 are found through AsyncLocalStorage unless `disableClsTransactions` is set. */
const managed7: Member = {
  effects: [{ does: "runs in transaction", callback: { argument: "last" }, ambient: "async local storage" }],
  calls: [{ callback: { argument: "last" }, with: ["Transaction"] }],
};

/** Sequelize 7, one package a dialect. */
export const sequelize7: Driver = {
  name: "sequelize",
  language: "javascript",
  label: "Sequelize 7",
  documentation: "https://sequelize.org/docs/v7/other-topics/connection-pool/",
  modules: {
    "@sequelize/core": names,
    "@sequelize/postgres": { PostgresDialect: { value: "PostgresDialect" } },
  },
  types: {
    ...sequelizeTypes,
    PostgresDialect: { role: "value" },
    Sequelize: {
      ...sequelizeTypes.Sequelize,
      new: { effects: [{ does: "opens", options: 0 }] },
      statics: {},
      members: {
        ...sequelizeTypes.Sequelize.members,
        query: { effects: [{ does: "runs", sql: { argument: 0 }, on }] },
        transaction: managed7,
        startUnmanagedTransaction: {
          effects: [{ does: "begins", handle: "result" }],
          returns: "Transaction",
        },
      },
    },
    Model: {
      ...sequelizeTypes.Model,
      statics: { ...sequelizeTypes.Model.statics, withScope: model, withoutScope: model, withSchema: model },
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
    ...poolOptions,
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
  environmentVariables: pgEnvironment,
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
