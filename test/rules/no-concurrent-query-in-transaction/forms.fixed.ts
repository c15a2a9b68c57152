import type { PoolClient } from "pg";
import { pool } from "./db.ts";

async function insert(client: PoolClient, item: string) {
  await client.query("insert into orders (item) values ($1)", [item]);
  await client.query("update stock set count = count - 1 where item = $1", [item]);
}

async function insertAll(client: PoolClient, items: string[]) {
  for (const item of items) {
    await insert(client, item);
  }
}

export async function placeOrder(items: string[]) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const orders = await client.query("select 1");
    const stock = await client.query("select 2");
    await insert(client, "a");
    await insert(client, "b");
    await Promise.allSettled([insert(client, "a"), insert(client, "b")]);
    await Promise.race([insert(client, "a"), insert(client, "b")]);
    const results = [];
    for (const item of items) {
      results.push(await client.query("select $1", [item]));
    }
    const pending: Promise<unknown>[] = [];
    for (const item of items) pending.push(client.query("select $1", [item]));
    await Promise.all(pending);
    await insertAll(client, items);
    await client.query("COMMIT");
    return [orders, stock, results];
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
