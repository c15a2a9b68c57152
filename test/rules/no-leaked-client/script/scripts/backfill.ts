import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-backfill" });
const client = await pool.connect();
const { rows } = await client.query("select id from orders where total is null");
for (const { id } of rows) {
  await client.query("update orders set total = (select sum(price) from lines where \"order\" = $1) where id = $1", [id]);
}
client.release();
await pool.end();
