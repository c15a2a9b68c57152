import type { PoolClient } from "pg";
import { pool } from "./db.ts";

async function insert(client: PoolClient, item: string) {
  await client.query("insert into orders (item) values ($1)", [item]);
  await client.query("update stock set count = count - 1 where item = $1", [item]);
}

async function insertAll(client: PoolClient, items: string[]) {
  await Promise.all(items.map((item) => insert(client, item))); // want warning "`Promise.all\(\)` starts several statements at once"
}

export async function placeOrder(items: string[]) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN"); // related "The transaction begins here"
    const [orders, stock] = await Promise.all([client.query("select 1"), client.query("select 2")]); // want warning "they run one after another all the same, and when one fails, PostgreSQL refuses the others"
    await Promise.all([insert(client, "a"), insert(client, "b")]); // want warning "what they write after ROLLBACK stays"
    await Promise.allSettled([insert(client, "a"), insert(client, "b")]); // want warning "COMMIT rolls back without an error"
    await Promise.race([insert(client, "a"), insert(client, "b")]); // want warning "`Promise.race\(\)`"
    const results = await Promise.all(items.map((item) => client.query("select $1", [item]))); // want warning "`Promise.all\(\)`"
    const pending: Promise<unknown>[] = [];
    for (const item of items) pending.push(client.query("select $1", [item]));
    await Promise.all(pending); // want warning "`Promise.all\(\)`"
    await insertAll(client, items); // related "Calls `insertAll\(\)`"
    await client.query("COMMIT");
    return [orders, stock, results];
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
