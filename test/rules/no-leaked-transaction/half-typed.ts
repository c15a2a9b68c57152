import { pool } from "./db.ts";

export async function pay(order: number) {
  const client = await pool.connect();
  await client.query("BEGIN"); // want error "`BEGIN` has no COMMIT or ROLLBACK on one path"
  await client.query("update orders set status = 'paid' where id = $1", [order]);
  client.
}
