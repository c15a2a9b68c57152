import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
pool.on("error", (error) => console.error(error.message));

export async function listOrders() {
  const { rows } = await pool.query("select item from orders");
  return rows;
}
