import type { Driver, DriverBelow, Member, OptionDescriptor, Returned, TypeDescriptor } from "../../core/driver.ts";
import { libpqApplicationName, libpqOptions, libpqUrlParameters } from "./libpq.ts";

const self = (type: string): Returned => ({ type, same: true });

const connect: Member = { effects: [{ does: "opens", options: "keywords", url: 0 }], returns: "Connection" };
const connectAsync: Member = { effects: [{ does: "opens", options: "keywords", url: 0 }], returns: "AsyncConnection" };

/** Not in autocommit, the first statement opens a transaction that stays open until commit, rollback or close. */
const execute = (cursor: string): Member => ({
  effects: [{ does: "runs", sql: { argument: 0, keyword: "query" }, autobegins: true }],
  returns: self(cursor),
});

const connection = (type: string, cursor: string): TypeDescriptor => ({
  role: "session",
  members: {
    cursor: { returns: self(cursor) },
    execute: execute(cursor),
    transaction: { effects: [{ does: "begins", handle: "receiver" }], returns: self("Transaction") },
    commit: { effects: [{ does: "commits" }] },
    rollback: { effects: [{ does: "rolls back" }] },
    close: { effects: [{ does: "ends" }] },
    notifies: { effects: [{ does: "listens" }] },
    add_notify_handler: { effects: [{ does: "listens" }] },
    __enter__: { effects: [{ does: "connects" }], returns: self(type) },
    __aenter__: { effects: [{ does: "connects" }], returns: self(type) },
  },
  // psycopg 3 commits and closes at the end of the block.
  dispose: { effects: [{ does: "ends" }] },
});

const cursor = (type: string): TypeDescriptor => ({
  role: "query",
  members: {
    execute: execute(type),
    executemany: execute(type),
    stream: execute(type),
    copy: execute(type),
    fetchone: {},
    fetchmany: {},
    fetchall: {},
    close: {},
    __enter__: { effects: [{ does: "connects" }], returns: self(type) },
    __aenter__: { effects: [{ does: "connects" }], returns: self(type) },
  },
  properties: { connection: self(type.startsWith("Async") ? "AsyncConnection" : "Connection") },
  dispose: {},
});

const types: Readonly<Record<string, TypeDescriptor>> = {
  Connection: { ...connection("Connection", "Cursor"), statics: { connect } },
  AsyncConnection: { ...connection("AsyncConnection", "AsyncCursor"), statics: { connect: connectAsync } },
  Cursor: cursor("Cursor"),
  AsyncCursor: cursor("AsyncCursor"),
  Transaction: {
    role: "session",
    members: {
      __enter__: { effects: [{ does: "connects" }], returns: self("Transaction") },
      __aenter__: { effects: [{ does: "connects" }], returns: self("Transaction") },
    },
    dispose: { effects: [{ does: "commits" }] },
  },
  /** `SQL("select …")`, put together by `format` and `join`. */
  Composable: {
    role: "sql",
    new: { effects: [{ does: "builds SQL", text: { argument: 0 } }] },
    members: { format: { returns: self("Composable") }, join: { returns: self("Composable") } },
  },
  connect: { role: "value", call: connect },
};

/** Options that are psycopg's own; everything else goes to libpq. */
export const psycopgOptions: Readonly<Record<string, OptionDescriptor>> = {
  ...libpqOptions,
  conninfo: { means: "url" },
  // None: never. 0 prepares at the first run.
  prepare_threshold: { means: "prepare", off: [null] },
  autocommit: { means: "client side" },
  row_factory: { means: "client side" },
  cursor_factory: { means: "client side" },
  context: { means: "client side" },
};

/**
 * It prepares what has run five times, and frees that by a message that PgBouncer understands from 1.22 on, and psycopg sends from 3.2 on.
 */
export const psycopgStatements = {
  namesAfter: 5,
  statementsSince: [1, 22],
  statementsNeed: { package: "psycopg", version: [3, 2] },
} as const;

/** psycopg 3.1 and later: prepares a statement on the server after five runs unless it is told not to. */
export const psycopg: Driver = {
  name: "psycopg",
  label: "psycopg 3",
  language: "python",
  asynchronous: ["AsyncConnection", "AsyncCursor"],
  documentation: "https://www.psycopg.org/psycopg3/docs/api/connections.html",
  modules: {
    psycopg: {
      connect: { value: "connect" },
      Connection: { class: "Connection" },
      AsyncConnection: { class: "AsyncConnection" },
      Cursor: { class: "Cursor" },
      AsyncCursor: { class: "AsyncCursor" },
      sql: { namespace: { SQL: { class: "Composable" } } },
    },
    "psycopg.sql": { SQL: { class: "Composable" } },
  },
  types,
  options: psycopgOptions,
  urlParameters: libpqUrlParameters,
  pool: { defaults: {}, exitsOnIdleClose: false, reconnects: false },
  applicationName: libpqApplicationName,
  statements: "named",
  ...psycopgStatements,
};

/** psycopg 3 below SQLAlchemy. */
export const psycopgBelow: DriverBelow = {
  label: "psycopg 3",
  statements: "named",
  unnamed: [{ path: "connect_args.prepare_threshold", value: "None" }],
  ...psycopgStatements,
};
