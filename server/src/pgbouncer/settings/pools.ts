import type { SettingsData } from "../setting.ts";
import { poolModes } from "./values.ts";

/** [pgbouncer]: pools, their limits and what happens to server connections (main.c and config.md at the tags 1.18.0 to 1.25.2). */
export const poolSettings: SettingsData = {
  pool_mode: {
    type: "choice",
    values: poolModes,
    default: "session",
    meaning: "When a server connection goes back to the pool and may serve another client.",
  },
  max_client_conn: {
    type: "integer",
    unit: "clients",
    default: "100",
    meaning: "How many clients may be connected to PgBouncer at once; the next one is refused.",
  },
  default_pool_size: {
    type: "integer",
    unit: "connections",
    default: "20",
    meaning: "How many server connections each pair of user and database may have; 0 means no limit since 1.24.",
  },
  min_pool_size: {
    type: "integer",
    unit: "connections",
    default: "0",
    meaning:
      "How many server connections a pool in use keeps open even when nothing needs them; never more than its size.",
  },
  reserve_pool_size: {
    type: "integer",
    unit: "connections",
    default: "0",
    meaning: "How many extra server connections a pool may open when clients have waited for `reserve_pool_timeout`.",
  },
  reserve_pool_timeout: {
    type: "seconds",
    unit: "seconds",
    default: "5",
    meaning: "How long a client waits before the extra connections of `reserve_pool_size` are used; 0 turns them off.",
  },
  max_db_connections: {
    type: "integer",
    unit: "connections",
    default: "0",
    meaning: "How many server connections all pools of one database may have together; 0 means no limit.",
  },
  max_user_connections: {
    type: "integer",
    unit: "connections",
    default: "0",
    meaning: "How many server connections all pools of one user may have together; 0 means no limit.",
  },
  max_db_client_connections: {
    type: "integer",
    unit: "clients",
    default: "0",
    since: [1, 24],
    meaning: "How many clients may be connected to one database at once; 0 means no limit.",
  },
  max_user_client_connections: {
    type: "integer",
    unit: "clients",
    default: "0",
    since: [1, 24],
    meaning: "How many clients may be connected as one user at once; 0 means no limit.",
  },
  max_prepared_statements: {
    type: "integer",
    unit: "statements",
    default: [
      { since: [1, 21], value: "0" },
      { since: [1, 24], value: "200" },
    ],
    since: [1, 21],
    meaning:
      "How many prepared statements of the protocol are kept ready on each server connection; above 0 they work in transaction and statement pooling, 0 turns that off.",
  },
  ignore_startup_parameters: {
    type: "names",
    default: "",
    meaning:
      "Parameters that a client may send when it connects and that PgBouncer then drops instead of refusing the client.",
  },
  track_extra_parameters: {
    type: "names",
    default: [{ since: [1, 20], value: "IntervalStyle" }],
    since: [1, 20],
    restart: true,
    meaning:
      "Further parameters that PgBouncer remembers for each client and sets again on the server it hands out; only those that the server reports can be remembered.",
  },
  server_reset_query: {
    type: "sql",
    default: "DISCARD ALL",
    meaning:
      "What is run on a server connection when a client gives it back; in session pooling only, unless `server_reset_query_always` is 1.",
  },
  server_reset_query_always: {
    type: "switch",
    default: "0",
    meaning: "Runs `server_reset_query` in every pool mode, so after each transaction in transaction pooling.",
  },
  server_check_query: {
    type: "sql",
    default: [{ value: "select 1" }, { since: [1, 25], value: "<empty>" }],
    meaning:
      "What is sent to find out whether a server connection is alive; nothing turns the check off, `<empty>` sends an empty query.",
  },
  server_check_delay: {
    type: "seconds",
    unit: "seconds",
    default: "30",
    meaning: "How long after its last use a server connection is handed out without a check.",
  },
  server_fast_close: {
    type: "switch",
    default: "0",
    meaning:
      "In session pooling, closes a connection that has to go (after RECONNECT, say) at the end of the transaction instead of the session.",
  },
  server_round_robin: {
    type: "switch",
    default: "0",
    meaning:
      "Takes server connections in turn instead of the one used last, which spreads the load over servers behind one address.",
  },
  disable_pqexec: {
    type: "switch",
    default: "0",
    restart: true,
    meaning:
      "Refuses the simple query protocol, in which one message can hold several statements; most drivers need it.",
  },
};
