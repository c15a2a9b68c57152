import { db as pgp } from "./pgp-db.ts";
import { knex } from "./knex-db.ts";
import { pool } from "./db.ts";
import type { PoolClient } from "pg";

async function insert(client: PoolClient, item: string) {
  return client.query("insert into orders (item) values ($1)", [item]);
}

export async function placeOrder(items: string[]) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const later = insert(client, "a");
    await later;
    for (const item of items) await insert(client, item);
    items.forEach((item) => console.log(item));
    await items.reduce((done, item) => done.then(() => insert(client, item)), Promise.resolve<unknown>(undefined));
    await client.query("COMMIT");
  } catch (error) {
    // A last resort: the connection is closed.
    client.query("ROLLBACK").catch(() => {});
    client.release(true);
    throw error;
  }
  client.release();
}

/** Old code: the callback is told. */
export function withCallbacks(done: (error?: Error) => void) {
  pool.connect((error, client, release) => {
    if (error || !client) return done(error);
    client.query("BEGIN", () => {
      client.query("insert into orders (item) values ('a')", (failure: Error | undefined) => {
        client.query(failure ? "ROLLBACK" : "COMMIT", () => {
          release();
          done(failure);
        });
      });
    });
  });
}

export const placeOne = (item: string) => knex.transaction((trx) => trx("orders").insert({ item }));

export function placeInBackground(item: string) {
  void knex.transaction(async (trx) => {
    await trx("orders").insert({ item });
  });
  knex
    .transaction(async (trx) => {
      await trx("orders").insert({ item });
    })
    .catch((error) => console.error(error));
}

export const placeMany = (items: string[]) => pgp.tx((t) => t.batch(items.map((item) => t.none("select $1", [item]))));
