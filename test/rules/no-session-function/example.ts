import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
pool.on("error", (error) => console.error(error.message));

export async function createOrder(item: string) {
  await pool.query("INSERT INTO orders (item) VALUES ($1)", [item]);
  const { rows } = await pool.query("SELECT currval('orders_id_seq') AS id"); // want error "`currval\(\)` may run on another server connection than `nextval` did"
  return rows[0].id;
}
