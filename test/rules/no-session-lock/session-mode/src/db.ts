import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
pool.on("error", (error) => console.error(error.message));

export async function locked() {
  await pool.query("SELECT pg_advisory_lock(42)");
  await pool.query("LISTEN new_orders");
  await pool.query("CREATE TEMP TABLE incoming (item text)");
  await pool.query("PREPARE one AS SELECT 1");
  await pool.query("DECLARE report CURSOR WITH HOLD FOR SELECT 1");
  await pool.query("SELECT lastval()");
  await pool.query("SELECT pg_advisory_xact_lock(42)");
}
