import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
pool.on("error", (error) => console.error(error.message));

export async function prepareOnce() {
  await pool.query("PREPARE order_by_id (int) AS SELECT * FROM orders WHERE id = $1"); // want error "`PREPARE order_by_id` stays on one server connection"
}

export async function findOrder(id: number) {
  const { rows } = await pool.query(`EXECUTE order_by_id(${Number(id)})`); // related "may reach another server connection"
  return rows[0];
}
