import { pool } from "./db.ts";

export async function place(item: string) {
  try {
    const client = await pool.connect();
    try {
      await client.query("BEGIN");
      await client.query("insert into orders (item) values ($1)", [item]);
      await client.query("COMMIT");
    } catch (error) {
      await client.query("ROLLBACK");
      throw error;
    } finally {
      client.release();
    }
  } catch (error) {
    console.error("order failed", error);
  }
}
