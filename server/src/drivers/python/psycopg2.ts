import type { Driver, Member, OptionDescriptor, TypeDescriptor } from "../../core/driver.ts";

const execute: Member = {
  effects: [{ does: "runs", sql: { argument: 0, keyword: "query" }, implicitTransaction: true }],
};
const connect: Member = { effects: [{ does: "opens", options: "keywords", url: 0 }], returns: "connection" };
const pool: TypeDescriptor = {
  role: "pool",
  new: { effects: [{ does: "opens", options: "keywords", positional: { 0: "min", 1: "max", 2: "url" } }] },
  members: {
    getconn: { effects: [{ does: "acquires" }], returns: "connection" },
    putconn: { effects: [{ does: "releases", handle: { argument: 0, keyword: "conn" }, resets: true }] },
    closeall: { effects: [{ does: "ends" }] },
  },
};

const types: Readonly<Record<string, TypeDescriptor>> = {
  connection: {
    role: "session",
    members: {
      cursor: { returns: "cursor" },
      commit: { effects: [{ does: "commits" }] },
      rollback: { effects: [{ does: "rolls back" }] },
      close: { effects: [{ does: "ends" }] },
      __enter__: { returns: { type: "connection", same: true } },
    },
  },
  cursor: {
    role: "query",
    members: {
      execute,
      executemany: execute,
      __enter__: { returns: { type: "cursor", same: true } },
    },
  },
  AbstractConnectionPool: pool,
  SimpleConnectionPool: pool,
  ThreadedConnectionPool: pool,
};

const options: Readonly<Record<string, OptionDescriptor>> = {
  dsn: { means: "url" },
  host: { means: "host" },
  port: { means: "port" },
  dbname: { means: "database" },
  database: { means: "database" },
  user: { means: "user" },
  password: { means: "password" },
  application_name: { means: "application name" },
  fallback_application_name: { means: "fallback application name" },
  connect_timeout: { means: "connect timeout", unit: "s" },
  options: { means: "startup options" },
  minconn: { means: "min" },
  maxconn: { means: "max" },
};

/** psycopg2 2.9: it pools nothing unless it is told to. */
export const psycopg2: Driver = {
  name: "psycopg2",
  label: "psycopg2",
  language: "python",
  documentation: "https://www.psycopg.org/docs/pool.html",
  modules: {
    psycopg2: { connect: { value: "connect" } },
    "psycopg2.pool": {
      AbstractConnectionPool: { class: "AbstractConnectionPool" },
      SimpleConnectionPool: { class: "SimpleConnectionPool" },
      ThreadedConnectionPool: { class: "ThreadedConnectionPool" },
    },
    "psycopg2.extensions": { connection: { class: "connection" }, cursor: { class: "cursor" } },
  },
  types: { ...types, connect: { role: "value", call: connect } },
  options,
  pool: { defaults: {}, exitsOnIdleClose: false, reconnects: false },
  applicationName: { option: "application_name", urlParameter: "application_name", environment: ["PGAPPNAME"] },
  statements: "unnamed",
};
