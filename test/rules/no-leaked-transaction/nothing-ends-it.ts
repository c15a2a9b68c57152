import { pool } from "./db.ts";

export async function archive(before: Date) {
  const client = await pool.connect();
  await client.query("START TRANSACTION ISOLATION LEVEL SERIALIZABLE"); // want error "has no COMMIT or ROLLBACK"
  await client.query("insert into archive select * from orders where placed < $1", [before]);
  await client.query("delete from orders where placed < $1", [before]);
}
