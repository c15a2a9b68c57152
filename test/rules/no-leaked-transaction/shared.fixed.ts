import type { PoolClient } from "pg";
import { pool } from "./db.ts";

/** What begins here, another function of the module ends. */
let current: PoolClient;

export async function begin() {
  current = await pool.connect();
  await current.query("BEGIN");
}

export async function commit() {
  await current.query("COMMIT");
  current.release();
}

/** Before there was `await`. */
export function insert(item: string) {
  let client: PoolClient;
  return pool
    .connect()
    .then((connected) => {
      client = connected;
      return client.query("BEGIN");
    })
    .then(() => client.query("insert into orders (item) values ($1)", [item]))
    .then(() => client.query("COMMIT"))
    .catch((error) =>
      client.query("ROLLBACK").then(() => {
        throw error;
      }),
    )
    .finally(() => client.release());
}

export async function inSteps(item: string) {
  let client: PoolClient | undefined;
  const open = async () => {
    client = await pool.connect();
    await client.query("BEGIN");
  };
  const close = async () => {
    await client?.query("COMMIT");
    client?.release();
  };
  await open();
  try {
    await client!.query("insert into orders (item) values ($1)", [item]);
  } finally {
    await close();
  }
}

export async function alone(items: string[], soon: (work: () => Promise<void>) => Promise<void>) {
  const client = await pool.connect();
  const insertAll = async () => {
    await client.query("BEGIN");
    try {
      for (const item of items) await client.query("insert into orders (item) values ($1)", [item]);
      await client.query("COMMIT");
    } catch (error) {
      await client.query("ROLLBACK");
      throw error;
    }
  };
  await soon(insertAll);
  client.release();
}

const byUser = new Map<string, PoolClient>();

export async function hold(user: string) {
  const client = await pool.connect();
  byUser.set(user, client);
  await client.query("BEGIN");
}

export async function drop(user: string) {
  const client = byUser.get(user);
  if (client === undefined) return;
  byUser.delete(user);
  await client.query("COMMIT");
  client.release();
}
