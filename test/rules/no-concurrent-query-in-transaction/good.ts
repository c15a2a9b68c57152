import { pool } from "./db.ts";

async function price(item: string) {
  return item.length;
}

/** Each its own transaction, on its own connection. */
export async function placeAll(items: string[]) {
  await Promise.all(items.map((item) => place(item)));
}

async function place(item: string) {
  const client = await pool.connect();
  try {
    const [count] = await Promise.all([price(item), price(item)]);
    await client.query("BEGIN");
    // Only one of them uses the connection.
    await Promise.all([client.query("insert into orders (item) values ($1)", [item]), price(item)]);
    const names = await Promise.all([item].map((name) => price(name)));
    for (const name of names) await client.query("update orders set count = $1", [name + (count ?? 0)]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

export async function report() {
  await Promise.all([pool.query("select 1"), pool.query("select 2")]);
  const client = await pool.connect();
  try {
    await Promise.all([client.query("select 1"), client.query("select 2")]);
  } finally {
    client.release();
  }
}
