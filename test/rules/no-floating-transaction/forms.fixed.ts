import type { PoolClient } from "pg";
import { pool } from "./db.ts";

async function insert(client: PoolClient, item: string) {
  await client.query("insert into orders (item) values ($1)", [item]);
}

async function insertAll(client: PoolClient, items: string[]) {
  for (const item of items) {
    await client.query("insert into orders (item) values ($1)", [item]);
  }
}

export async function placeOrder(items: string[]) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await insert(client, "a");
    for (const item of items) {
      await insert(client, item);
    }
    for (const item of items) {
      await client.query("select $1", [item]);
    }
    await client.query("select 1").then(() => console.log("done"));
    await insertAll(client, items);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

async function inTransaction(work: (client: PoolClient) => Promise<void>) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await work(client);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

export async function handle(item: string) {
  await inTransaction(async (client) => {
    await insert(client, item);
  });
}
