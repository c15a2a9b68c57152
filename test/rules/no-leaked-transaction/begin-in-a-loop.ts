import { pool } from "./db.ts";

export async function drain(queue: string) {
  const client = await pool.connect();
  for (;;) {
    await client.query("BEGIN"); // want error "`BEGIN` has no COMMIT or ROLLBACK on one path"
    const { rows } = await client.query("delete from jobs where queue = $1 returning payload limit 10", [queue]);
    if (rows.length === 0) break;
    await client.query("insert into done select * from jsonb_to_recordset($1)", [JSON.stringify(rows)]);
    await client.query("COMMIT");
  }
}
