import { Pool } from "pg";

export class Accounts {
  constructor(private readonly pool: Pool) {}

  async close(id: number) {
    const client = await this.pool.connect();
    await client.query("BEGIN");
    try {
      await client.query("update accounts set closed = now() where id = $1", [id]);
      await client.query("COMMIT");
    } catch (error) {
      await client.query("ROLLBACK");
      throw error;
    } finally {
      client.release();
    }
  }
}
