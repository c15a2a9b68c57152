import type { Driver, OptionDescriptor, TypeDescriptor } from "../../core/driver.ts";
import { libpqUrlParameters } from "./libpq.ts";
import { psycopg, psycopgOptions, psycopgStatements } from "./psycopg.ts";

const pool = (type: string, connection: string): TypeDescriptor => ({
  role: "pool",
  new: { effects: [{ does: "opens", options: "keywords", url: 0 }] },
  members: {
    connection: { effects: [{ does: "acquires" }], returns: `Pooled${connection}` },
    getconn: { effects: [{ does: "acquires" }], returns: `Pooled${connection}` },
    putconn: { effects: [{ does: "releases", handle: { argument: 0, keyword: "conn" }, resets: true }] },
    open: { returns: { type, same: true } },
    wait: {},
    close: { effects: [{ does: "ends" }] },
    __enter__: { effects: [{ does: "connects" }], returns: { type, same: true } },
    __aenter__: { effects: [{ does: "connects" }], returns: { type, same: true } },
  },
  dispose: { effects: [{ does: "ends" }] },
});

/** Its block ends with a commit, or a rollback, and the pool has it back. */
const pooled = (connection: string): TypeDescriptor => ({
  role: "session",
  extends: connection,
  members: { close: { effects: [{ does: "releases", resets: true }] } },
  dispose: { effects: [{ does: "releases", resets: true }] },
});

const options: Readonly<Record<string, OptionDescriptor>> = {
  conninfo: { means: "url" },
  min_size: { means: "min" },
  max_size: { means: "max" },
  timeout: { means: "acquire timeout", unit: "s" },
  max_idle: { means: "idle", unit: "s" },
  max_lifetime: { means: "lifetime", unit: "s" },
  configure: { means: "connect hook" },
  open: { means: "client side" },
  close_returns: { means: "client side" },
  connection_class: { means: "client side" },
  kwargs: { means: "client side" },
  ...Object.fromEntries(Object.entries(psycopgOptions).map(([name, option]) => [`kwargs.${name}`, option])),
};

/** psycopg_pool 3.1 and later: four connections are kept open unless `min_size` says otherwise. */
export const psycopgPool: Driver = {
  name: "psycopg_pool",
  label: "psycopg_pool",
  language: "python",
  asynchronous: ["AsyncConnectionPool", "AsyncNullConnectionPool", "PooledAsyncConnection"],
  documentation: "https://www.psycopg.org/psycopg3/docs/advanced/pool.html",
  modules: {
    psycopg_pool: {
      ConnectionPool: { class: "ConnectionPool" },
      NullConnectionPool: { class: "NullConnectionPool" },
      AsyncConnectionPool: { class: "AsyncConnectionPool" },
      AsyncNullConnectionPool: { class: "AsyncNullConnectionPool" },
    },
  },
  types: {
    ...psycopg.types,
    PooledConnection: pooled("Connection"),
    PooledAsyncConnection: pooled("AsyncConnection"),
    ConnectionPool: pool("ConnectionPool", "Connection"),
    NullConnectionPool: pool("NullConnectionPool", "Connection"),
    AsyncConnectionPool: pool("AsyncConnectionPool", "AsyncConnection"),
    AsyncNullConnectionPool: pool("AsyncNullConnectionPool", "AsyncConnection"),
  },
  options,
  urlParameters: libpqUrlParameters,
  pool: {
    defaults: { min: 4, idle: 600_000, lifetime: 3_600_000, acquireTimeout: 30_000 },
    boundedIdle: [
      { path: "min_size", value: "0" },
      // Without it, `max_size` is `min_size`.
      { path: "max_size", value: "4", unlessGiven: true },
    ],
    exitsOnIdleClose: false,
    reconnects: true,
  },
  applicationName: { option: "kwargs.application_name", urlParameter: "application_name", environment: ["PGAPPNAME"] },
  statements: "named",
  ...psycopgStatements,
};
