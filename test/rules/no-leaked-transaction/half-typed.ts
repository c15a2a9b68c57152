import { pool } from "./db.ts";

export async function pay(order: number) {
  const client = await pool.connect();
  await client.query("BEGIN"); // want error "`BEGIN` is left open"
  await client.query("update orders set status = 'paid' where id = $1", [order]);
  client.
}
