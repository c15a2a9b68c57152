import { Pool } from "pg";

export async function listOrders() {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" }); // want warning "never ends them"
  pool.on("error", (error) => console.error(error.message));
  const { rows } = await pool.query("select item from orders");
  return rows;
}
