import { pool } from "./db.ts";

export async function purge() {
  const client = await pool.connect();
  try {
    await client.query("delete from sessions");
  } finally {
    client.release();
  }
  await client.query("vacuum sessions"); // want error "`client` was released already"
  const left = await pool.
}
