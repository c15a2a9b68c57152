import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
pool.on("error", (error) => console.error(error.message));

export async function close(order: number) {
  const client = await pool.connect();
  await client.query("BEGIN"); // want error "`BEGIN` has no COMMIT or ROLLBACK on one path"
  await client.query("update orders set status = 'closed' where id = $1", [order]);
  await client.query("COMMIT");
  client.release();
}
