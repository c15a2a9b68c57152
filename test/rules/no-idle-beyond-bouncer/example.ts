import { Pool } from "pg";

const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  application_name: "orders-api",
  idleTimeoutMillis: 600_000, // want warning "`idleTimeoutMillis: 600_000` keeps idle connections for 600 s, PgBouncer closes them after 5 s \(pgbouncer.ini:7 client_idle_timeout=5\)"
});
pool.on("error", (error) => console.error(error.message));

export async function listOrders() {
  const { rows } = await pool.query("select item from orders");
  return rows;
}
