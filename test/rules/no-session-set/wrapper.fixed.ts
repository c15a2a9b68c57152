import type { PoolClient } from "pg";
import { pool } from "./db.ts";

const db = { query: (text: string, values?: unknown[]) => pool.query(text, values) };

export const timeouts = "SET statement_timeout = '5s'";

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

const inner = (text: string) => pool.query(text);
const outer = (text: string) => inner(text);

export const onlyCaller = () => outer("SET work_mem = '64MB'");

const tenantOf = async (client: PoolClient, tenant: string) => {
  await client.query("SELECT set_config('app.tenant', $1, true)", [tenant]);
};

const bind = (text: string, values: unknown[]) => ({ text: text.replace(/:\w+/g, "?"), values });

export class Database {
  async run(client: PoolClient, sql: string, values: unknown[] = []) {
    const { text, values: list } = bind(sql, values);
    return await client.query(text, list);
  }

  async checkout(schema: string) {
    const client = await pool.connect();
    const path = `SET search_path TO "${schema}"`;
    try {
      await this.run(client, path);
    } catch (error) {
      client.release();
      throw error;
    }
    return client;
  }
}

export async function work(tenant: string) {
  await db.query("SET search_path TO tenant_a");
  await db.query(timeouts);
  await withTransaction(async (client) => {
    await tenantOf(client, tenant);
    await client.query("SET LOCAL search_path TO tenant_a");
    await client.query(timeouts);
    await client.query("SET search_path TO tenant_a; SET ROLE limited; SET TIME ZONE 'UTC'");
    await client.query("SET LOCAL work_mem = '64MB'; SET LOCAL ROLE limited");
  });
}
