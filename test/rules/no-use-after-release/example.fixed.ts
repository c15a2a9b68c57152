import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api", max: 1 });
pool.on("error", (error) => console.error(error.message));

export async function placeOrder(item: string) {
  await pool.query("insert into orders (item) values ($1)", [item]);
  await fetch(`${process.env.PAYMENTS_URL}/charge`, { method: "POST" });
  await pool.query("update orders set status = 'paid' where item = $1", [item]);
}
