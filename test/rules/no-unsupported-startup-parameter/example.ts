import { Pool } from "pg";

const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  application_name: "orders-api",
  statement_timeout: 5_000, // want error "`statement_timeout` is sent at connect, and PgBouncer refuses it: `unsupported startup parameter: statement_timeout` \(pgbouncer.ini:4 sets no ignore_startup_parameters\)"
});
pool.on("error", (error) => console.error(error.message));

export async function listOrders() {
  const { rows } = await pool.query("select item from orders");
  return rows;
}
