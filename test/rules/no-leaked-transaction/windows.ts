import { pool } from "./db.ts";

export async function touch(id: number) {
  const client = await pool.connect();
  await client.query("BEGIN"); // want error "`BEGIN` has no COMMIT or ROLLBACK on one path"
  await client.query(`
    update orders
    set touched = now()
    where id = $1
  `, [id]);
  await client.query("COMMIT");
  client.release();
}
