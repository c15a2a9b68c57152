import { pool } from "./db.ts";

export async function place(item: string) {
  try {
    const client = await pool.connect();
    await client.query("BEGIN"); // want error "`BEGIN` has no COMMIT or ROLLBACK"
    await client.query("insert into orders (item) values ($1)", [item]);
    await client.query("COMMIT");
    client.release();
  } catch (error) {
    console.error("order failed", error);
  }
}
