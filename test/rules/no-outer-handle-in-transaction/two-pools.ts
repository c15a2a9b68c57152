import { Pool } from "pg";

const orders = new Pool({ connectionString: process.env.ORDERS_URL, application_name: "orders-api" });
const same = new Pool({ connectionString: process.env.ORDERS_URL, application_name: "orders-worker" });
const audit = new Pool({ connectionString: process.env.AUDIT_URL, application_name: "orders-api" });
for (const one of [orders, same, audit]) one.on("error", (error) => console.error(error.message));

export async function placeOrder(item: string) {
  const client = await orders.connect();
  try {
    await client.query("BEGIN");
    await audit.query("insert into audit (item) values ($1)", [item]);
    await same.query("select 1"); // want error "`same.query\(\)` runs on a second connection"
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

/** From one database to another, both with one type. */
export async function copy(source: Pool, target: Pool) {
  const client = await target.connect();
  try {
    await client.query("BEGIN");
    const { rows } = await source.query("select * from orders");
    for (const row of rows) await client.query("insert into orders (item) values ($1)", [row.item]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

export async function twoClients(item: string) {
  const first = await orders.connect();
  const second = await orders.connect();
  try {
    await first.query("BEGIN");
    await first.query("insert into orders (item) values ($1)", [item]);
    await second.query("insert into stock (item) values ($1)", [item]); // want error "`second.query\(\)` runs on another connection than the open transaction"
    await first.query("COMMIT");
  } catch (error) {
    await first.query("ROLLBACK");
    throw error;
  } finally {
    first.release();
    second.release();
  }
}
