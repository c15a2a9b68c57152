import type { SettingsData } from "../setting.ts";
import { loadBalancing, poolModes } from "./values.ts";

/** Parameters of an entry in [databases] (`parse_database` in loader.c at each tag). Numbers are read with C's atoi. */
export const databaseParameters: SettingsData = {
  dbname: {
    type: "text",
    meaning: "The database on the server; else the name of the entry.",
  },
  host: {
    type: "text",
    meaning:
      "The server: a host, an address, several with commas, or the folder of a Unix socket; nothing means a Unix socket.",
  },
  port: {
    type: "integer",
    default: "5432",
    meaning: "The server's port.",
  },
  user: {
    type: "text",
    meaning:
      "The user for every connection to the server, so there is one pool; else each client's own name, with a pool for each.",
  },
  password: {
    type: "text",
    meaning: "The password for `user`; else the one in `auth_file`.",
  },
  auth_user: {
    type: "text",
    fallback: "auth_user",
    meaning: "The user that runs `auth_query` for this database.",
  },
  auth_query: {
    type: "sql",
    since: [1, 22],
    fallback: "auth_query",
    meaning: "The query that finds a password for this database, in single quotes.",
  },
  auth_dbname: {
    type: "text",
    since: [1, 19],
    fallback: "auth_dbname",
    meaning: "The database in which `auth_query` runs for this entry.",
  },
  pool_mode: {
    type: "choice",
    values: poolModes,
    fallback: "pool_mode",
    meaning: "The pool mode of this database.",
  },
  pool_size: {
    type: "integer",
    unit: "connections",
    fallback: "default_pool_size",
    meaning: "How many server connections each pool of this database may have.",
  },
  min_pool_size: {
    type: "integer",
    unit: "connections",
    fallback: "min_pool_size",
    meaning: "How many server connections each pool of this database keeps open; needs `user` or a connected client.",
  },
  reserve_pool_size: {
    type: "integer",
    unit: "connections",
    since: [1, 24],
    fallback: "reserve_pool_size",
    meaning: "How many extra server connections each pool of this database may open when clients wait.",
  },
  reserve_pool: {
    type: "integer",
    unit: "connections",
    fallback: "reserve_pool_size",
    aliasOf: "reserve_pool_size",
    meaning: "How many extra server connections each pool of this database may open when clients wait.",
  },
  max_db_connections: {
    type: "integer",
    unit: "connections",
    fallback: "max_db_connections",
    meaning: "How many server connections all pools of this database may have together.",
  },
  max_db_client_connections: {
    type: "integer",
    unit: "clients",
    since: [1, 24],
    fallback: "max_db_client_connections",
    meaning: "How many clients may be connected to this database at once.",
  },
  server_lifetime: {
    type: "seconds",
    unit: "seconds",
    since: [1, 23],
    fallback: "server_lifetime",
    meaning: "How old a server connection of this database may get, in whole seconds.",
  },
  load_balance_hosts: {
    type: "choice",
    values: loadBalancing,
    default: [{ since: [1, 24], value: "round-robin" }],
    since: [1, 24],
    meaning: "How a new connection chooses among several hosts.",
  },
  connect_query: {
    type: "sql",
    meaning: "What is run on each new server connection before any client gets it, in single quotes.",
  },
  application_name: {
    type: "text",
    meaning: "The application_name of a new server connection, until a client brings its own.",
  },
  client_encoding: {
    type: "text",
    meaning: "The client_encoding of a new server connection.",
  },
  datestyle: {
    type: "text",
    meaning: "The DateStyle of a new server connection.",
  },
  timezone: {
    type: "text",
    meaning: "The TimeZone of a new server connection.",
  },
};

/** Parameters of an entry in [users] (`parse_user`). */
export const userParameters: SettingsData = {
  pool_mode: {
    type: "choice",
    values: poolModes,
    fallback: "pool_mode",
    meaning: "The pool mode of this user, whatever the database says.",
  },
  pool_size: {
    type: "integer",
    unit: "connections",
    since: [1, 23],
    fallback: "default_pool_size",
    meaning: "How many server connections each pool of this user may have.",
  },
  reserve_pool_size: {
    type: "integer",
    unit: "connections",
    since: [1, 24],
    fallback: "reserve_pool_size",
    meaning: "How many extra server connections each pool of this user may open when clients wait.",
  },
  max_user_connections: {
    type: "integer",
    unit: "connections",
    fallback: "max_user_connections",
    meaning: "How many server connections all pools of this user may have together.",
  },
  max_user_client_connections: {
    type: "integer",
    unit: "clients",
    since: [1, 24],
    fallback: "max_user_client_connections",
    meaning: "How many clients may be connected as this user at once.",
  },
  query_timeout: {
    type: "seconds",
    unit: "seconds",
    since: [1, 24],
    fallback: "query_timeout",
    meaning: "How long a query of this user may run, in whole seconds.",
  },
  idle_transaction_timeout: {
    type: "seconds",
    unit: "seconds",
    since: [1, 24],
    fallback: "idle_transaction_timeout",
    meaning: "How long this user may leave a transaction open without a query, in whole seconds.",
  },
  transaction_timeout: {
    type: "seconds",
    unit: "seconds",
    since: [1, 25],
    fallback: "transaction_timeout",
    meaning: "How long a transaction of this user may take, in whole seconds.",
  },
  client_idle_timeout: {
    type: "seconds",
    unit: "seconds",
    since: [1, 24],
    fallback: "client_idle_timeout",
    meaning: "How long a client of this user may stay idle, in whole seconds.",
  },
};

/** Parameters of an entry in [peers] (`parse_peer`, since 1.19). */
export const peerParameters: SettingsData = {
  host: {
    type: "text",
    since: [1, 19],
    meaning: "The host of the other PgBouncer, or the folder of its Unix socket; every entry needs it.",
  },
  port: {
    type: "integer",
    default: [{ since: [1, 19], value: "6432" }],
    since: [1, 19],
    meaning: "The port of the other PgBouncer.",
  },
  pool_size: {
    type: "integer",
    unit: "connections",
    since: [1, 19],
    fallback: "default_pool_size",
    meaning: "How many requests to cancel a query may be on their way to the other PgBouncer.",
  },
};
