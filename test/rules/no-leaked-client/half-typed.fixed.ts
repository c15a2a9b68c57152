import { pool } from "./db.ts";

export async function report(id: number) {
  const client = await pool.connect();
  try {
    const { rows } = await client.query("select * from orders where id = $1", [id]);
    const names = rows.map((row) => row.
    client.release();
    return names
  } finally {
    client.release();
  }
