import { pool } from "./db.ts";

export async function pay(order: number) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("update orders set status = 'paid' where id = $1", [order]);
    await client.query("COMMIT")
    if (
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
