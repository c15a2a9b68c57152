import { pool } from "./db.ts";

const db = {
  query: (text: string, values?: unknown[]) => pool.query(text, values),
  one: async (text: string, values?: unknown[]) => (await pool.query(text, values)).rows[0],
};

export async function place(item: string) {
  const client = await db.connect();
  await client.query("BEGIN");
  try {
    const order = await db.one("insert into orders (item) values ($1) returning id", [item]);
    await client.query("COMMIT");
    return order.id;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
