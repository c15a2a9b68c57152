import type { Driver, Member, OptionDescriptor, Returned, TypeDescriptor } from "../../core/driver.ts";
import { libpqApplicationName, libpqOptions, libpqUrlParameters } from "./libpq.ts";

const self = (type: string): Returned => ({ type, same: true });

/** Not in autocommit, the first statement opens a transaction that stays open until commit, rollback or close. */
const execute = (text: string): Member => ({
  effects: [{ does: "runs", sql: { argument: 0, keyword: text }, autobegins: true }],
});

const pool: TypeDescriptor = {
  role: "pool",
  // The first two are sizes, all the rest goes to `connect()`.
  new: { effects: [{ does: "opens", options: "keywords", url: 2, positional: { 0: "min", 1: "max" } }] },
  members: {
    getconn: { effects: [{ does: "acquires" }], returns: "connection" },
    putconn: { effects: [{ does: "releases", handle: { argument: 0, keyword: "conn" }, resets: true }] },
    closeall: { effects: [{ does: "ends" }] },
  },
};

const types: Readonly<Record<string, TypeDescriptor>> = {
  connect: {
    role: "value",
    call: { effects: [{ does: "opens", options: "keywords", url: 0 }], returns: "connection" },
  },
  connection: {
    role: "session",
    members: {
      cursor: { returns: self("cursor") },
      commit: { effects: [{ does: "commits" }] },
      rollback: { effects: [{ does: "rolls back" }] },
      close: { effects: [{ does: "ends" }] },
      set_session: {},
      set_isolation_level: {},
      set_client_encoding: {},
      __enter__: { effects: [{ does: "connects" }], returns: self("connection") },
    },
    // The end of its block ends the transaction and leaves the connection open.
    dispose: { effects: [{ does: "commits" }] },
  },
  cursor: {
    role: "query",
    names: ["cursor", "DictCursor", "RealDictCursor", "NamedTupleCursor"],
    members: {
      execute: execute("query"),
      executemany: execute("query"),
      callproc: { effects: [{ does: "runs", autobegins: true }] },
      copy_expert: execute("sql"),
      copy_from: { effects: [{ does: "runs", autobegins: true }] },
      copy_to: { effects: [{ does: "runs", autobegins: true }] },
      mogrify: {},
      fetchone: {},
      fetchmany: {},
      fetchall: {},
      close: {},
      __enter__: { effects: [{ does: "connects" }], returns: self("cursor") },
    },
    properties: { connection: self("connection") },
    dispose: {},
  },
  /** `SQL("select …")`, put together by `format` and `join`. */
  Composable: {
    role: "sql",
    new: { effects: [{ does: "builds SQL", text: { argument: 0 } }] },
    members: { format: { returns: self("Composable") }, join: { returns: self("Composable") } },
  },
  execute_values: {
    role: "value",
    call: { effects: [{ does: "runs", sql: { argument: 1, keyword: "sql" }, on: { argument: 0 }, autobegins: true }] },
  },
  AbstractConnectionPool: pool,
  SimpleConnectionPool: pool,
  ThreadedConnectionPool: pool,
};

const options: Readonly<Record<string, OptionDescriptor>> = {
  ...libpqOptions,
  dsn: { means: "url" },
  database: { means: "database" },
  minconn: { means: "min" },
  maxconn: { means: "max" },
  connection_factory: { means: "client side" },
  cursor_factory: { means: "client side" },
};

const executeValues = {
  execute_values: { value: "execute_values" },
  execute_batch: { value: "execute_values" },
} as const;

/** psycopg2 2.9: simple queries alone, no prepared statements; it pools nothing unless it is told to. */
export const psycopg2: Driver = {
  name: "psycopg2",
  label: "psycopg2",
  language: "python",
  documentation: "https://www.psycopg.org/docs/pool.html",
  modules: {
    psycopg2: {
      connect: { value: "connect" },
      sql: { namespace: { SQL: { class: "Composable" } } },
      pool: {
        namespace: {
          SimpleConnectionPool: { class: "SimpleConnectionPool" },
          ThreadedConnectionPool: { class: "ThreadedConnectionPool" },
        },
      },
      extras: { namespace: executeValues },
    },
    "psycopg2.pool": {
      AbstractConnectionPool: { class: "AbstractConnectionPool" },
      SimpleConnectionPool: { class: "SimpleConnectionPool" },
      ThreadedConnectionPool: { class: "ThreadedConnectionPool" },
    },
    "psycopg2.sql": { SQL: { class: "Composable" } },
    "psycopg2.extras": executeValues,
    "psycopg2.extensions": { connection: { class: "connection" }, cursor: { class: "cursor" } },
  },
  types,
  options,
  urlParameters: libpqUrlParameters,
  pool: { defaults: {}, exitsOnIdleClose: false, reconnects: false },
  applicationName: libpqApplicationName,
  statements: "unnamed",
};
