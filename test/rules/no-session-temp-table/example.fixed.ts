import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
pool.on("error", (error) => console.error(error.message));

export async function importOrders(items: string[]) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("CREATE TEMP TABLE incoming (item text) ON COMMIT DROP");
    for (const item of items) await client.query("INSERT INTO incoming VALUES ($1)", [item]);
    await client.query("INSERT INTO orders (item) SELECT DISTINCT item FROM incoming");
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
