import type { PoolClient } from "pg";
import { subscribe } from "some-framework";
import { pool } from "./db.ts";

export async function finallyReleases(id: number) {
  const client = await pool.connect();
  try {
    return await client.query("select * from orders where id = $1", [id]);
  } finally {
    client.release();
  }
}

export async function guarded(id: number) {
  let client: PoolClient | undefined;
  try {
    client = await pool.connect();
    return await client.query("select * from orders where id = $1", [id]);
  } finally {
    if (client) client.release();
  }
}

export async function nullGuarded(id: number) {
  let client: PoolClient | null = null;
  try {
    client = await pool.connect();
    const { rows } = await client.query("select * from orders where id = $1", [id]);
    return rows;
  } catch (error) {
    console.error(error);
    return [];
  } finally {
    if (client !== null) {
      client.release();
    }
  }
}

export async function chained(id: number) {
  const client = await pool.connect();
  return client.query("select * from orders where id = $1", [id]).finally(() => client.release());
}

/** The caller gives it back. */
export async function checkOut() {
  const client = await pool.connect();
  client.on("error", (error) => console.error(error.message));
  return client;
}

export const direct = () => pool.connect();

export async function withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}

export const count = () => withClient(async (client) => (await client.query("select count(*) from orders")).rows[0]);

export class Connection {
  #client: PoolClient | undefined;

  async open() {
    this.#client = await pool.connect();
  }

  close() {
    this.#client?.release();
  }
}

export async function unknownTakesIt() {
  const client = await pool.connect();
  subscribe(client);
}

export async function inParallel() {
  const [first, second] = await Promise.all([pool.connect(), pool.connect()]);
  try {
    await Promise.all([first.query("select 1"), second.query("select 2")]);
  } finally {
    first.release();
    second.release();
  }
}

/** The pool does it all. */
export const plain = (id: number) => pool.query("select * from orders where id = $1", [id]);

function done(client: PoolClient) {
  client.release();
}

export async function releasedByAHelper(id: number) {
  const client = await pool.connect();
  try {
    await client.query("delete from orders where id = $1", [id]);
  } finally {
    done(client);
  }
}

/** Waits for the time alone. */
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Hands failures on as values. */
async function settled(query: PromiseLike<unknown>): Promise<[unknown, unknown]> {
  try {
    return [undefined, await query];
  } catch (error) {
    return [error, undefined];
  }
}

export async function nothingThrows(query: PromiseLike<unknown>) {
  const client = await pool.connect();
  const [error, result] = await settled(query);
  await sleep(10);
  client.release();
  if (error) throw error;
  return result;
}
