import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
pool.on("error", (error) => console.error(error.message));

export async function openReport() {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("DECLARE report CURSOR FOR SELECT * FROM orders");
    const { rows } = await client.query("FETCH 100 FROM report");
    await client.query("COMMIT");
    return rows;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
