import type { PoolClient } from "pg";
import { pool } from "./db.ts";

export async function assignedInTheTry(item: string) {
  let client: PoolClient | undefined;
  try {
    client = await pool.connect();
    await client.query("BEGIN");
    await client.query("insert into orders (item) values ($1)", [item]);
    await client.query("COMMIT");
  } catch (error) {
    await client?.query("ROLLBACK");
    console.error("order failed", error);
  } finally {
    client?.release();
  }
}

export async function inTheCatch(item: string) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("insert into orders (item) values ($1)", [item]);
    await client.query("COMMIT");
    client.release();
  } catch (err) {
    await client.query("ROLLBACK");
    client.release();
    throw err;
  }
}

export async function earlyReturn(sku: string) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const { rows } = await client.query("select quantity from stock where sku = $1 for update", [sku]);
    if (rows.length === 0) {
      await client.query("ROLLBACK");
      return 0;
    }
    if (rows[0].quantity === 0) {
      await client.query("ROLLBACK");
      return 0;
    }
    await client.query("update stock set quantity = quantity - 1 where sku = $1", [sku]);
    await client.query("COMMIT");
    return rows[0].quantity - 1;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
