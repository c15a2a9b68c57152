import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
pool.on("error", (error) => console.error(error.message));

export async function payOrder(item: string) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN"); // related "The transaction begins here"
    await client.query("insert into orders (item) values ($1)", [item]);
    await fetch(`${process.env.PAYMENTS_URL}/charge`, { method: "POST" }); // want warning "waits for the network while the open transaction holds a server connection of PgBouncer that others need \(assumes transaction pooling\)"
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
