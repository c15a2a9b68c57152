import { pool } from "./db.ts";

export async function saveOr(item: string) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("insert into orders (item) values ($1)", [item]);
    await pool.query("COMMIT"); // want error "`COMMIT` goes through `pool.query` and may use another connection"
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release(); // want no-release-in-transaction "gives the connection back"
  }
}
