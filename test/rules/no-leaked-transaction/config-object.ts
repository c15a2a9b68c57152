import type { PoolClient } from "pg";
import { pool } from "./db.ts";

export async function rename(id: number, name: string) {
  const client: PoolClient = await pool.connect();
  await client.query({ text: "BEGIN" }); // want error "`BEGIN` has no COMMIT or ROLLBACK on one path"
  await client.query({ text: "update customers set name = $2 where id = $1", values: [id, name] });
  await client.query({ text: "COMMIT" });
  client.release();
}
