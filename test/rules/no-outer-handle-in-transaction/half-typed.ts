import { pool } from "./db.ts";

export async function placeOrder(item: string) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await pool.
    await client.query("COMMIT");
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}
