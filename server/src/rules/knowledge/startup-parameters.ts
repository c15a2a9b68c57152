/**
 * Parameters that change what statements do, see or may take: a client that sends one counts on it. Others (`extra_float_digits`, `geqo`,
 * `client_min_messages`) change nothing that a client would miss.
 */
export const meaningfulParameters: ReadonlySet<string> = new Set([
  "options",
  "search_path",
  "role",
  "session_authorization",
  "row_security",
  "statement_timeout",
  "lock_timeout",
  "idle_in_transaction_session_timeout",
  "idle_session_timeout",
  "transaction_timeout",
  "default_transaction_isolation",
  "default_transaction_read_only",
  "default_transaction_deferrable",
  "transaction_isolation",
  "transaction_read_only",
  "synchronous_commit",
  "session_replication_role",
]);

/** Parameters whose value PostgreSQL tells its clients: only those can be tracked (PostgreSQL's protocol documentation, 14 to 18). */
export const reportedParameters: ReadonlySet<string> = new Set([
  "application_name",
  "client_encoding",
  "datestyle",
  "default_transaction_read_only",
  "in_hot_standby",
  "integer_datetimes",
  "intervalstyle",
  "is_superuser",
  "scram_iterations",
  "server_encoding",
  "server_version",
  "session_authorization",
  "standard_conforming_strings",
  "timezone",
]);
