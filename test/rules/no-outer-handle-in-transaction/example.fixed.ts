import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
pool.on("error", (error) => console.error(error.message));

export async function placeOrder(item: string) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("insert into orders (item) values ($1)", [item]);
    await client.query("update stock set count = count - 1 where item = $1", [item]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
