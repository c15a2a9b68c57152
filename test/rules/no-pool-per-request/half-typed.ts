import { Pool } from "pg";

export async function listOrders(request: Request) {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" }); // want warning "opens new connections"
  pool.on("error", (error) => console.error(error.message));
  const { rows } = await pool.query("select * from orders where
