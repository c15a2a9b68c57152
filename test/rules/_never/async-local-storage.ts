import { AsyncLocalStorage } from "node:async_hooks";
import type { PoolClient } from "pg";
import { pool } from "./db.ts";

const current = new AsyncLocalStorage<PoolClient>();

export const query = (text: string, values?: unknown[]) => (current.getStore() ?? pool).query(text, values);

export async function transaction<T>(work: () => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const result = await current.run(client, work);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

export const place = (item: string) =>
  transaction(async () => {
    await query("insert into orders (item) values ($1)", [item]);
  });
