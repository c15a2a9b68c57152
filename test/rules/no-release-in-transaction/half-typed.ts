import { pool } from "./db.ts";

export async function pay(order: number) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("update orders set status = 'paid' where id = $1", [order]);
    await client.query("COMMIT")
    if (
  } finally {
    client.release(); // want error "gives the connection back"
  }
}
