import { AsyncLocalStorage } from "node:async_hooks";
import { Pool, type PoolClient } from "pg";

export const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });

pool.on("error", (error) => console.error("idle database connection lost", error));

/** The callback gets the client. */
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

/** A helper over the helper, with its work in an options object. */
export const orderTransaction = (options: { id: number; work: (client: PoolClient, id: number) => Promise<void> }) =>
  withTransaction((client) => options.work(client, options.id));

const current = new AsyncLocalStorage<PoolClient>();

/** Statements find the transaction by themselves. */
export async function atomically<T>(work: () => Promise<T>): Promise<T> {
  return withTransaction((client) => current.run(client, work));
}

export const send = (text: string, values: unknown[]) => (current.getStore() ?? pool).query(text, values);

/** Tries again: nothing of a transaction is here. */
export async function retry<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch {
    return work();
  }
}

export class Orders {
  private readonly url = "https://payments.internal/orders";

  protected async run<T>(work: (orders: this, client: PoolClient) => Promise<T>): Promise<T> {
    return withTransaction((client) => work(this, client));
  }

  /** @pure: answers from memory, however it looks. */
  async price(id: number): Promise<number> {
    return (await fetch(`${this.url}/${id}/price`)).status;
  }

  async charge(id: number): Promise<void> {
    await fetch(`${this.url}/${id}`, { method: "POST" }); // want warning "`fetch\(\)` waits for the network"
  }
}
