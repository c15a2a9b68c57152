import { pool } from "./db.ts";

export async function importOrders(items: readonly string[]) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN"); // want error "`BEGIN` has no COMMIT or ROLLBACK on one path"
    for (const item of items) {
      if (item === "") continue;
      await client.query("insert into orders (item) values ($1)", [item]);
    }
    await client.query("COMMIT");
    client.release();
  } catch (error) {
    console.error("import failed", error);
  }
}
