import type { Pool, PoolClient } from "pg";
import { pool } from "./db.ts";

async function insertOrder(item: string, db: Pick<Pool, "query"> = pool) {
  await db.query("insert into orders (item) values ($1)", [item]);
}

async function takeFromStock(item: string, client: Pick<typeof pool, "query"> = pool) {
  const { rows } = await client.query("select count from stock where item = $1", [item]);
  await client.query("update stock set count = $1 where item = $2", [rows[0].count - 1, item]);
}

async function countOrders(client?: PoolClient) {
  if (client) return client.query("select count(*) from orders");
  return pool.query("select count(*) from orders");
}

async function withTransaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

class Ledger {
  constructor(private readonly db: Pool) {}

  async write(item: string) {
    await this.record(item);
  }

  private async record(item: string) {
    await this.db.query("insert into ledger (item) values ($1)", [item]);
  }
}

const ledger = new Ledger(pool);

export async function placeOrder(item: string) {
  await withTransaction(async (client) => {
    await client.query("select 1");
    await insertOrder(item, client);
    await takeFromStock(item, client);
    await countOrders();
    await ledger.write(item);
  });
}

export async function placeTwice(item: string) {
  await withTransaction(async (client) => {
    await client.query("insert into orders (item) values ($1)", [item]);
    await withTransaction((other) => other.query("insert into orders (item) values ($1)", [item]));
  });
}
