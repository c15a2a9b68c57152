import { Pool, type PoolClient } from "pg";

export class OrderService {
  private readonly pool: Pool;

  constructor(url: string) {
    this.pool = new Pool({ connectionString: url, application_name: "orders-api" });
    this.pool.on("error", (error) => console.error(error.message));
  }

  async place(item: string): Promise<number> {
    const client = await this.pool.connect();
    try {
      await client.query("BEGIN");
      const id = await this.insert(client, item);
      await client.query("COMMIT");
      return id;
    } catch (error) {
      await client.query("ROLLBACK");
      throw error;
    } finally {
      client.release();
    }
  }

  private async insert(client: PoolClient, item: string): Promise<number> {
    const { rows } = await client.query("insert into orders (item) values ($1) returning id", [item]);
    return rows[0].id;
  }
}
