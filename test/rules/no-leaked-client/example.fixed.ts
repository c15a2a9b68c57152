import { Pool } from "pg";

const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  application_name: "orders-api",
  max: 1,
  connectionTimeoutMillis: 1000,
});
pool.on("error", (error) => console.error(error.message));

export async function share(parts: number) {
  const client = await pool.connect();
  try {
    const { rows } = await client.query("select 100 / $1::int as share", [parts]);
    return rows;
  } finally {
    client.release();
  }
}
