import type { PoolClient } from "pg";
import { pool } from "./db.ts";

export async function textbook(item: string) {
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

export async function committedFlag(item: string) {
  const client = await pool.connect();
  let committed = false;
  try {
    await client.query("BEGIN");
    await client.query("insert into orders (item) values ($1)", [item]);
    await client.query("COMMIT");
    committed = true;
  } finally {
    if (!committed) await client.query("ROLLBACK");
    client.release();
  }
}

export async function clientMayBeMissing(item: string) {
  let client: PoolClient | undefined;
  try {
    client = await pool.connect();
    await client.query("BEGIN");
    await client.query("insert into orders (item) values ($1)", [item]);
    await client.query("COMMIT");
  } catch (error) {
    if (client) await client.query("ROLLBACK");
    throw error;
  } finally {
    client?.release();
  }
}

export async function rollbackThatMayFail(item: string) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("insert into orders (item) values ($1)", [item]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

export async function promiseChain(item: string) {
  const client = await pool.connect();
  await client.query("BEGIN");
  await client
    .query("insert into orders (item) values ($1)", [item])
    .then(() => client.query("COMMIT"))
    .catch(() => client.query("ROLLBACK"))
    .finally(() => client.release());
}

export async function destroyedOnError(item: string) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("insert into orders (item) values ($1)", [item]);
    await client.query("COMMIT");
    client.release();
  } catch (error) {
    client.release(error as Error);
    throw error;
  }
}

export async function dryRun(item: string) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const { rows } = await client.query("insert into orders (item) values ($1) returning id", [item]);
    return rows[0];
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}

export async function earlyReturnWithRollback(sku: string, quantity: number) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const { rows } = await client.query("select quantity from stock where sku = $1 for update", [sku]);
    if (rows[0].quantity < quantity) {
      await client.query("ROLLBACK");
      return false;
    }
    await client.query("update stock set quantity = quantity - $2 where sku = $1", [sku, quantity]);
    await client.query("COMMIT");
    return true;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

export async function nestedTry(items: readonly string[]) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    for (const item of items) {
      try {
        await client.query("SAVEPOINT item");
        await client.query("insert into orders (item) values ($1)", [item]);
        await client.query("RELEASE SAVEPOINT item");
      } catch (error) {
        await client.query("ROLLBACK TO SAVEPOINT item");
        console.warn("skipped", item, error);
        continue;
      }
    }
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

export async function batches(total: number) {
  const client = await pool.connect();
  try {
    for (let done = 0; done < total; done += 100) {
      await client.query("BEGIN");
      try {
        await client.query("delete from sessions where id in (select id from sessions limit 100)");
        await client.query("COMMIT");
      } catch (error) {
        await client.query("ROLLBACK");
        throw error;
      }
    }
  } finally {
    client.release();
  }
}

async function rollBack(client: PoolClient) {
  try {
    await client.query("ROLLBACK");
  } catch (error) {
    console.error("rollback failed", error);
  }
}

export async function rollbackInAHelper(item: string) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("insert into orders (item) values ($1)", [item]);
    await client.query("COMMIT");
  } catch (error) {
    await rollBack(client);
    throw error;
  } finally {
    client.release();
  }
}

/** The project's own transaction helper. */
export async function withTransaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
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

export const throughTheHelper = (item: string) =>
  withTransaction(async (client) => {
    if (item === "") return undefined;
    const { rows } = await client.query("insert into orders (item) values ($1) returning id", [item]);
    return rows[0].id as number;
  });
