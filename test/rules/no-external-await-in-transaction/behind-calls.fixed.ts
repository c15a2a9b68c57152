import type { PoolClient } from "pg";
import { pool } from "./db.ts";

async function charge(item: string) {
  await fetch("https://payments.internal/charge", { method: "POST", body: item });
}

async function chargeAndNote(client: PoolClient, item: string) {
  await client.query("insert into notes (item) values ($1)", [item]);
  await fetch("https://payments.internal/charge", { method: "POST", body: item });
}

export async function payOrder(item: string) {
  await charge(item);
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("insert into orders (item) values ($1)", [item]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

/** What it does in the transaction stays there. */
export async function payAndNote(item: string) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await chargeAndNote(client, item);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
