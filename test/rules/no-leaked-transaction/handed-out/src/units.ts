import { Pool, type PoolClient } from "pg";

export const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });

pool.on("error", (error) => console.error("idle database connection lost", error));

/** An open transaction, for the caller to end. */
export async function begin(): Promise<PoolClient> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
  } catch (error) {
    client.release(error as Error);
    throw error;
  }
  return client;
}

export async function finish(client: PoolClient, outcome: "COMMIT" | "ROLLBACK") {
  try {
    await client.query(outcome);
  } finally {
    client.release();
  }
}

/** The transaction and the function that ends it. */
export async function open() {
  const client = await begin();
  const commit = () => finish(client, "COMMIT");
  const rollback = () => finish(client, "ROLLBACK");
  return [client, commit, rollback] as const;
}

export class Unit {
  private constructor(private readonly client: PoolClient) {}

  static async start(): Promise<Unit> {
    return new Unit(await begin());
  }

  run(text: string, values: unknown[]) {
    return this.client.query(text, values);
  }

  async commit() {
    await finish(this.client, "COMMIT");
  }

  async rollback() {
    await finish(this.client, "ROLLBACK");
  }
}
