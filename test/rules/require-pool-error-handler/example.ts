import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" }); // want warning "no `error` listener: when PgBouncer closes an idle connection .* the process exits"

export async function listOrders() {
  const { rows } = await pool.query("select item from orders");
  return rows;
}
