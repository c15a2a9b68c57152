import { AsyncLocalStorage } from "node:async_hooks";
import { Pool, type PoolClient } from "pg";
import { pool } from "./db.ts";

const reports = new Pool({ connectionString: process.env.REPORTS_URL, application_name: "orders-api" });
reports.on("error", (error) => console.error(error.message));

const storage = new AsyncLocalStorage<PoolClient>();

type Queryable = Pick<Pool, "query">;

/** Runs on whatever it is handed. */
async function insertOrder(item: string, db: Queryable = pool) {
  await db.query("insert into orders (item) values ($1)", [item]);
}

async function takeFromStock(item: string, options: { client?: PoolClient } = {}) {
  const db = options.client ?? pool;
  await db.query("update stock set count = count - 1 where item = $1", [item]);
}

async function countOrders(client?: PoolClient) {
  if (client) return client.query("select count(*) from orders");
  return pool.query("select count(*) from orders");
}

/** Finds the transaction by itself. */
const current = (): Queryable => storage.getStore() ?? pool;

async function note(text: string) {
  await current().query("insert into notes (text) values ($1)", [text]);
}

async function inTransaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const outer = storage.getStore();
  if (outer) return work(outer);
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const result = await storage.run(client, () => work(client));
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

let settings: Record<string, string> | undefined;
const rates = new Map<string, number>();

/** Reads once, and remembers. */
async function readSettings() {
  if (!settings) settings = (await pool.query("select * from settings")).rows[0];
  return settings;
}

async function rateOf(item: string) {
  const known = rates.get(item);
  if (known !== undefined) return known;
  const { rows } = await pool.query("select rate from rates where item = $1", [item]);
  rates.set(item, rows[0].rate);
  return rows[0].rate;
}

export async function placeOrder(item: string) {
  const known = await pool.query("select 1 from items where name = $1", [item]);
  if (known.rowCount === 0) return;
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await insertOrder(item, client);
    await takeFromStock(item, { client });
    await countOrders(client);
    await note(item);
    await readSettings();
    await rateOf(item);
    // Another database on purpose.
    await reports.query("insert into sales (item) values ($1)", [item]);
    await inTransaction((inner) => inner.query("select 1"));
    await client.query("COMMIT");
    await pool.query("select pg_notify('orders', $1)", [item]);
  } catch (error) {
    await client.query("ROLLBACK");
    // After the transaction.
    await pool.query("insert into failures (item) values ($1)", [item]);
    throw error;
  } finally {
    client.release();
  }
}

/** Nobody waits for it: it holds nothing up. */
export async function placeAndCount(item: string) {
  await inTransaction(async (client) => {
    await client.query("insert into orders (item) values ($1)", [item]);
    void pool.query("update counters set orders = orders + 1");
  });
}
