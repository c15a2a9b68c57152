import { pool } from "./db.ts";

const db = {
  query: (text: string, values?: unknown[]) => pool.query(text, values),
  one: async (text: string, values?: unknown[]) => (await pool.query(text, values)).rows[0],
};

export async function place(item: string) {
  await db.query("BEGIN"); // want error "goes through `db.query`"
  try {
    const order = await db.one("insert into orders (item) values ($1) returning id", [item]);
    await db.query("COMMIT");
    return order.id;
  } catch (error) {
    await db.query("ROLLBACK");
    throw error;
  }
}
