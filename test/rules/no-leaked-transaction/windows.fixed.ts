import { pool } from "./db.ts";

export async function touch(id: number) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query(`
    update orders
    set touched = now()
    where id = $1
  `, [id]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
