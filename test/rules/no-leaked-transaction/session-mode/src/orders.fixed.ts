import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
pool.on("error", (error) => console.error(error.message));

export async function close(order: number) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("update orders set status = 'closed' where id = $1", [order]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
