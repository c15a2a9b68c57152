import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
pool.on("error", (error) => console.error(error.message));

export const settings = async () => {
  await pool.query("SET search_path TO tenant_a");
  await pool.query("SET default_transaction_read_only = on");
  await pool.query("SET IntervalStyle = 'iso_8601'");
  await pool.query("SET statement_timeout = '5s'"); // want error "`SET statement_timeout` stays on .*track_extra_parameters has no effect on it, because PostgreSQL does not report it"
};
