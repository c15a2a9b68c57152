import { Pool } from "pg";
import postgres from "postgres";

const pool = new Pool({
  application_name: "orders-api",
  statement_timeout: 5_000, // want warning "`statement_timeout` is sent at connect, and PgBouncer drops it without a word: PostgreSQL never learns of it \(pgbouncer.ini:7 ignore_startup_parameters=extra_float_digits, statement_timeout, options\)"
  lock_timeout: 5_000, // want error "`unsupported startup parameter: lock_timeout`"
  options: "-c search_path=tenant_a", // want warning "`options` sends `search_path` at connect, and PgBouncer drops it"
});
pool.on("error", (error) => console.error(error.message));

/** The digits are all there since PostgreSQL 12. */
export const sql = postgres({ prepare: false, connection: { application_name: "orders-api", extra_float_digits: 3 } });
