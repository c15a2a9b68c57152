import { Pool, type PoolClient, type QueryResult } from "pg";

export class Database {
  private readonly pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });

  constructor() {
    this.pool.on("error", (error) => console.error(error.message));
  }

  async query(text: string, values: unknown[] = []): Promise<QueryResult> {
    return this.pool.query(text, values);
  }

  async transaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
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
}
