import { Client } from "pg";
import postgres from "postgres";
import { pool } from "./db.ts";

/** One text is one message: PgBouncer runs it on one server. */
export const bump = () => pool.query("BEGIN; update counters set value = value + 1; COMMIT");

export const bumpTemplate = (name: string) => pool.query(`
  BEGIN;
  update counters set value = value + 1 where name = 'x';
  COMMIT;
`);

export async function onAClient(item: string) {
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

export async function singleConnection() {
  const client = new Client({ connectionString: process.env.DATABASE_URL, application_name: "orders-report" });
  await client.connect();
  try {
    await client.query("BEGIN READ ONLY");
    const { rows } = await client.query("select count(*) from orders");
    await client.query("COMMIT");
    return rows;
  } finally {
    await client.end();
  }
}

/** A function that takes whatever can run a query. */
export async function placeOn(db: { query(text: string, values?: unknown[]): Promise<unknown> }, item: string) {
  await db.query("BEGIN");
  await db.query("insert into orders (item) values ($1)", [item]);
  await db.query("COMMIT");
}

export const searched = (word: string) => pool.query("select * from posts where title = 'BEGIN' or body like $1", [word]);

/** A pool of one connection: every statement runs where the last one did. */
const single = (url: string, options: { max?: number } = {}) =>
  postgres(url, { idle_timeout: 5, ...options, prepare: false, connection: { application_name: "shop-migrations" } });

export async function onTheOnlyOne(url: string) {
  const sql = single(url, { max: 1 });
  try {
    await sql`BEGIN`;
    await sql`update counters set value = value + 1`;
    await sql`COMMIT`;
  } finally {
    await sql.end();
  }
}
