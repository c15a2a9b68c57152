import { Pool } from "pg";
import postgres from "postgres";

// Set once in the database: ALTER ROLE CURRENT_USER SET statement_timeout = '5000ms';
// Set once in the database: ALTER ROLE CURRENT_USER SET lock_timeout = '5000ms';
// Set once in the database: ALTER ROLE CURRENT_USER SET search_path = tenant_a;
const pool = new Pool({
  application_name: "orders-api",
});
pool.on("error", (error) => console.error(error.message));

/** The digits are all there since PostgreSQL 12. */
export const sql = postgres({ prepare: false, connection: { application_name: "orders-api", extra_float_digits: 3 } });
