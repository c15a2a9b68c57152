import { pool } from "./db.ts";

export async function importOrders(items: readonly string[]) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    for (const item of items) {
      if (item === "") continue;
      await client.query("insert into orders (item) values ($1)", [item]);
    }
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    console.error("import failed", error);
  } finally {
    client.release();
  }
}
