import { type Client, Pool, type PoolClient } from "pg";

type Any = Pool | PoolClient | Client;

export class Connection {
  readonly #pool: Any;
  constructor(pool: Any) {
    this.#pool = pool;
  }
  async transaction<T>(work: (client: Any) => Promise<T>): Promise<T> {
    const client = this.#pool instanceof Pool ? await this.#pool.connect() : this.#pool;
    try {
      await client.query("BEGIN");
      const result = await work(client);
      await client.query("COMMIT");
      return result;
    } catch (error) {
      try {
        await client.query("ROLLBACK");
      } catch {}
      throw error;
    } finally {
      if (this.#pool instanceof Pool && "release" in client) {
        client.release();
      }
    }
  }
}
const pool = new Pool({ application_name: "shop" });
pool.on("error", (error) => console.error(error.message));
export const connection = new Connection(pool);
/** What is left is no pool. */
export async function elsewhere(one: Pool | PoolClient, work: (client: PoolClient) => Promise<void>) {
  if (one instanceof Pool) {
    const client = await one.connect();
    try {
      await work(client);
    } finally {
      client.release();
    }
    return;
  }
  await one.query("BEGIN");
  try {
    await work(one);
    await one.query("COMMIT");
  } catch (error) {
    await one.query("ROLLBACK");
    throw error;
  }
}
export const onThePool = () => elsewhere(pool, async (client) => void (await client.query("select 1")));

/** What is left is the pool. */
export async function stillThePool(one: Pool | PoolClient) {
  if (one instanceof Pool) {
    await one.query("BEGIN"); // want error "goes through `one.query`"
    await one.query("update counters set value = value + 1");
    await one.query("COMMIT");
  }
}

export const reallyOnThePool = () => stillThePool(pool);

/** Nobody hands a pool over. */
export async function withoutAPool(one: Pool | PoolClient) {
  await one.query("BEGIN");
  try {
    await one.query("update counters set value = value + 1");
    await one.query("COMMIT");
  } catch (error) {
    await one.query("ROLLBACK");
    throw error;
  }
}
