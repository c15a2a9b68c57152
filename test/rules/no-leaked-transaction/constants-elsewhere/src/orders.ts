import pool from "./db";
import * as statements from "./statements";

export async function place(item: string) {
  const client = await pool.connect();
  await client.query(statements.BEGIN); // want error "`BEGIN` has no COMMIT or ROLLBACK on one path"
  await client.query(statements.insertOrder, [item]);
  await client.query(statements.COMMIT);
  client.release();
}
