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
    console.error("order failed", error);
  } finally {
    client?.release(); // want error "gives the connection back while the transaction of `BEGIN` may be open"
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
    client.release(); // want error "gives the connection back while the transaction of `BEGIN` may be open"
    throw err;
  }
}

export async function earlyReturn(sku: string) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const { rows } = await client.query("select quantity from stock where sku = $1 for update", [sku]);
    if (rows.length === 0) return 0;
    if (rows[0].quantity === 0) {
      return 0;
    }
    await client.query("update stock set quantity = quantity - 1 where sku = $1", [sku]);
    await client.query("COMMIT");
    return rows[0].quantity - 1;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release(); // want error "gives the connection back while the transaction of `BEGIN` may be open"
  }
}
