import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
pool.on("error", (error) => console.error(error.message));

export async function moveOrder(id: number) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN"); // want error "`client.query\(\)` begins a transaction: the pooler refuses it .* \(pgbouncer.ini:6 pool_mode=statement\)"
    await client.query("UPDATE orders SET status = 'moved' WHERE id = $1", [id]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
