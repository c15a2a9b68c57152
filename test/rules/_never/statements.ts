import Cursor from "pg-cursor";
import QueryStream from "pg-query-stream";
import { pool } from "./db.ts";

export async function read(consume: (row: unknown) => void) {
  const client = await pool.connect();
  try {
    const cursor = client.query(new Cursor("select * from orders"));
    for (const row of await cursor.read(100)) consume(row);
    await cursor.close();
    for await (const row of client.query(new QueryStream("select * from orders"))) consume(row);
  } finally {
    client.release();
  }
}

export const notify = (id: number) => pool.query("select pg_notify('orders', $1)", [String(id)]);
export const raw = () => pool.query("NOTIFY orders");

export async function local(tenant: string) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("SET TRANSACTION READ ONLY");
    await client.query("SET CONSTRAINTS ALL DEFERRED");
    await client.query("SET LOCAL statement_timeout = '5s'");
    await client.query("select set_config('app.tenant', $1, true)", [tenant]);
    await client.query("select pg_advisory_xact_lock(7)");
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
