import type { Driver, Member, TypeDescriptor } from "../../core/driver.ts";

const opens: Member = { effects: [{ does: "opens", options: "keywords", url: 0 }], returns: "Engine" };
const execute: Member = {
  effects: [{ does: "runs", sql: { argument: 0, keyword: "statement" }, implicitTransaction: true }],
};

const types: Readonly<Record<string, TypeDescriptor>> = {
  Engine: {
    role: "pool",
    members: {
      connect: { effects: [{ does: "acquires" }], returns: "Connection" },
      begin: { effects: [{ does: "begins", handle: "result" }], returns: "Connection" },
      dispose: { effects: [{ does: "ends" }] },
    },
  },
  Connection: {
    role: "session",
    members: {
      execute,
      commit: { effects: [{ does: "commits" }] },
      rollback: { effects: [{ does: "rolls back" }] },
      close: { effects: [{ does: "releases" }] },
    },
    dispose: { effects: [{ does: "releases" }] },
  },
  create_engine: { role: "value", call: opens },
};

/** SQLAlchemy 1.4 and 2. */
export const sqlalchemy: Driver = {
  name: "sqlalchemy",
  label: "SQLAlchemy",
  language: "python",
  documentation: "https://docs.sqlalchemy.org/en/20/core/pooling.html",
  modules: {
    sqlalchemy: {
      create_engine: { value: "create_engine" },
      Engine: { class: "Engine" },
      Connection: { class: "Connection" },
    },
    "sqlalchemy.engine": {
      create_engine: { value: "create_engine" },
      Engine: { class: "Engine" },
      Connection: { class: "Connection" },
    },
  },
  types,
  options: {
    url: { means: "url" },
    pool_size: { means: "max" },
    "connect_args.application_name": { means: "application name" },
    "connect_args.options": { means: "startup options" },
  },
  urlParameters: { application_name: { means: "application name" } },
  pool: { defaults: { max: 5, min: 0, idle: "never" }, exitsOnIdleClose: false, reconnects: false },
  applicationName: {
    option: "connect_args.application_name",
    urlParameter: "application_name",
    environment: ["PGAPPNAME"],
  },
  dialect: {
    postgres: ["postgresql"],
    schemes: ["postgresql", "postgres"],
    packages: ["psycopg2", "psycopg2-binary", "psycopg", "asyncpg"],
  },
  statements: "unnamed",
};
