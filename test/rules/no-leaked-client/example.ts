import { Pool } from "pg";

const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  application_name: "orders-api",
  max: 1,
  connectionTimeoutMillis: 1000,
});
pool.on("error", (error) => console.error(error.message));

export async function share(parts: number) {
  const client = await pool.connect(); // want error "The client of `pool.connect\(\)` is not released on one path"
  const { rows } = await client.query("select 100 / $1::int as share", [parts]);
  client.release();
  return rows;
}
