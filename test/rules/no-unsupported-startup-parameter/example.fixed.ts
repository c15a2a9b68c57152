import { Pool } from "pg";

// Set once in the database: ALTER ROLE CURRENT_USER SET statement_timeout = '5000ms';
const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  application_name: "orders-api",
});
pool.on("error", (error) => console.error(error.message));

export async function listOrders() {
  const { rows } = await pool.query("select item from orders");
  return rows;
}
