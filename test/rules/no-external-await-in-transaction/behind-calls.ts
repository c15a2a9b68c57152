import type { PoolClient } from "pg";
import { pool } from "./db.ts";

async function charge(item: string) {
  await fetch("https://payments.internal/charge", { method: "POST", body: item }); // want warning "waits for the network"
}

async function chargeAndNote(client: PoolClient, item: string) {
  await client.query("insert into notes (item) values ($1)", [item]);
  await fetch("https://payments.internal/charge", { method: "POST", body: item }); // want warning "waits for the network"
}

export async function payOrder(item: string) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("insert into orders (item) values ($1)", [item]);
    await charge(item); // related "Calls `charge\(\)`"
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
    await chargeAndNote(client, item); // related "Calls `chargeAndNote\(\)`"
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
