import type { SettingsData } from "../setting.ts";

/** [pgbouncer]: everything that is measured in seconds and stands nowhere else. */
export const timeoutSettings: SettingsData = {
  server_lifetime: {
    type: "seconds",
    unit: "seconds",
    default: "3600",
    meaning:
      "How old a server connection may get before it is closed, once no client uses it; 0 means each is used once.",
  },
  server_idle_timeout: {
    type: "seconds",
    unit: "seconds",
    default: "600",
    meaning: "How long a server connection may stay unused before it is closed; 0 means for ever.",
  },
  server_connect_timeout: {
    type: "seconds",
    unit: "seconds",
    default: "15",
    meaning: "How long connecting and logging in to the server may take.",
  },
  server_login_retry: {
    type: "seconds",
    unit: "seconds",
    default: "15",
    meaning:
      "How long PgBouncer waits after a failed login to the server; clients that come meanwhile get an error at once.",
  },
  client_login_timeout: {
    type: "seconds",
    unit: "seconds",
    default: "60",
    meaning: "How long a client may take to log in before it is disconnected.",
  },
  autodb_idle_timeout: {
    type: "seconds",
    unit: "seconds",
    default: "3600",
    meaning: "How long a database that was made from the `*` entry stays known after its last use.",
  },
  query_timeout: {
    type: "seconds",
    unit: "seconds",
    default: "0",
    meaning:
      "How long a query may run before its client is disconnected; meant for network trouble, with a shorter `statement_timeout` on the server.",
  },
  query_wait_timeout: {
    type: "seconds",
    unit: "seconds",
    default: "120",
    meaning: "How long a query may wait for a server connection before its client is disconnected; 0 means for ever.",
  },
  query_wait_notify: {
    type: "integer",
    unit: "seconds",
    default: "5",
    since: [1, 25],
    meaning: "After how long a waiting client is told with a notice that it is queued; 0 tells nothing.",
  },
  cancel_wait_timeout: {
    type: "seconds",
    unit: "seconds",
    default: "10",
    since: [1, 19],
    meaning: "How long a request to cancel a query may wait for a server connection; 0 means for ever.",
  },
  client_idle_timeout: {
    type: "seconds",
    unit: "seconds",
    default: "0",
    meaning:
      "How long a client may stay idle outside a transaction before it is disconnected, pools of applications included; 0 means for ever.",
  },
  idle_transaction_timeout: {
    type: "seconds",
    unit: "seconds",
    default: "0",
    meaning:
      "How long a client may leave a transaction open without a query before it is disconnected; 0 means for ever.",
  },
  transaction_timeout: {
    type: "seconds",
    unit: "seconds",
    default: "0",
    since: [1, 25],
    meaning: "How long a transaction may take as a whole before its client is disconnected; 0 means for ever.",
  },
  suspend_timeout: {
    type: "seconds",
    unit: "seconds",
    default: "10",
    meaning: "How long SUSPEND and an online restart wait for a connection's buffers before they drop it.",
  },
};
