import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api", max: 1 });
pool.on("error", (error) => console.error(error.message));

export async function placeOrder(item: string) {
  const client = await pool.connect();
  try {
    await client.query("insert into orders (item) values ($1)", [item]);
  } finally {
    client.release();
  }
  await fetch(`${process.env.PAYMENTS_URL}/charge`, { method: "POST" });
  await client.query("update orders set status = 'paid' where item = $1", [item]); // want error "`client` was released already: this runs on a connection that may belong to another caller"
}
