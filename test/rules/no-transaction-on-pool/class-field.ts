import { Pool } from "pg";

export class Accounts {
  constructor(private readonly pool: Pool) {}

  async close(id: number) {
    await this.pool.query("BEGIN"); // want error "`BEGIN` goes through `this.pool.query`"
    try {
      await this.pool.query("update accounts set closed = now() where id = $1", [id]);
      await this.pool.query("COMMIT");
    } catch (error) {
      await this.pool.query("ROLLBACK");
      throw error;
    }
  }
}
