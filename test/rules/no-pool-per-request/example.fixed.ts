import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });

export async function listOrders() {
  pool.on("error", (error) => console.error(error.message));
  const { rows } = await pool.query("select item from orders");
  return rows;
}
