import type { PoolClient } from "pg";
import { pool } from "./db.ts";

export async function rename(id: number, name: string) {
  const client: PoolClient = await pool.connect();
  try {
    await client.query({ text: "BEGIN" });
    await client.query({ text: "update customers set name = $2 where id = $1", values: [id, name] });
    await client.query({ text: "COMMIT" });
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
