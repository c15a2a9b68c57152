import type { PoolClient } from "pg";
import { pool } from "./db.ts";

async function insert(client: PoolClient, item: string) {
  await client.query("insert into orders (item) values ($1)", [item]); // related "Uses the transaction"
}

async function insertAll(client: PoolClient, items: string[]) {
  items.forEach(async (item) => { // want error "`items.forEach\(\)` does not wait for its callbacks"
    await client.query("insert into orders (item) values ($1)", [item]);
  });
}

export async function placeOrder(items: string[]) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN"); // related "The transaction begins here"
    insert(client, "a"); // want error "Nobody awaits `insert\(\)`, which uses the transaction"
    items.map(async (item) => insert(client, item)); // want error "`items.map\(\)` does not wait for its callbacks"
    items.forEach((item) => client.query("select $1", [item])); // want error "`items.forEach\(\)` does not wait"
    client.query("select 1").then(() => console.log("done")); // want error "Nobody awaits `client.query\(\)`"
    await insertAll(client, items); // related "Calls `insertAll\(\)`"
    client.query("COMMIT"); // want error "Nobody awaits `client.query\(\)`, which commits the transaction"
  } catch (error) {
    client.query("ROLLBACK"); // want error "Nobody awaits `client.query\(\)`, which rolls the transaction back"
    throw error;
  } finally {
    client.release();
  }
}

async function inTransaction(work: (client: PoolClient) => Promise<void>) {
  const client = await pool.connect();
  try {
    client.query("BEGIN"); // want error "Nobody awaits `client.query\(\)`, which begins the transaction"
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
  inTransaction(async (client) => { // want error "Nobody awaits `inTransaction\(\)`: the code goes on before the transaction is committed"
    await insert(client, item);
  });
}
