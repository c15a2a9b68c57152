import type { Pool, PoolClient } from "pg";

/** Ports: whoever implements them answers for the transaction. */
export interface Database {
  query(text: string, values?: readonly unknown[]): Promise<{ rows: unknown[] }>;
  transaction<T>(work: (db: Database) => Promise<T>): Promise<T>;
}

export async function place(db: Database, item: string) {
  return db.transaction(async (inner) => {
    await inner.query("insert into orders (item) values ($1)", [item]);
    return inner.query("select lastval()");
  });
}

export class PgDatabase implements Database {
  constructor(private readonly pool: Pool) {}

  query(text: string, values: readonly unknown[] = []) {
    return this.pool.query(text, [...values]);
  }

  async transaction<T>(work: (db: Database) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      await client.query("BEGIN");
      const result = await work(new ClientDatabase(client));
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

class ClientDatabase implements Database {
  constructor(private readonly client: PoolClient) {}

  query(text: string, values: readonly unknown[] = []) {
    return this.client.query(text, [...values]);
  }

  async transaction<T>(work: (db: Database) => Promise<T>): Promise<T> {
    await this.client.query("SAVEPOINT nested");
    try {
      const result = await work(this);
      await this.client.query("RELEASE SAVEPOINT nested");
      return result;
    } catch (error) {
      await this.client.query("ROLLBACK TO SAVEPOINT nested");
      throw error;
    }
  }
}
