import { pool } from "./db.ts";

export async function touch(id: number) {
  const client = await pool.connect();
  await client.query("BEGIN"); // want error "`BEGIN` is left open"
  await client.query(`
    update orders
    set touched = now()
    where id = $1
  `, [id]);
  await client.query("COMMIT");
  client.release();
}
