import { Pool, type PoolClient } from "pg";

export const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });

pool.on("error", (error) => console.error("idle database connection lost", error));

export async function transaction(work: (client: PoolClient) => Promise<unknown>) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await work(client);
    await client.query("COMMIT");
  } catch (error) {
    client.release(error as Error);
    throw error;
  }
  client.release();
}
