import type { PoolClient } from "pg";
import { pool } from "./db.ts";

/** Who has the variable has the client. */
let current: PoolClient | undefined;

export async function open() {
  current = await pool.connect();
  await current.query("select 1");
}

export async function close() {
  current?.release();
  current = undefined;
}

export async function once(wait: () => Promise<void>) {
  let client: PoolClient | undefined;
  const take = async () => {
    client = await pool.connect();
    await wait();
  };
  await take();
  client?.release();
}
