import type { PoolClient } from "pg";
import { pool } from "./db.ts";

const db = { query: (text: string, values?: unknown[]) => pool.query(text, values) };

export const timeouts = "SET statement_timeout = '5s'"; // related "text is written here"

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

export const onlyCaller = () => outer("SET work_mem = '64MB'"); // want error "`SET work_mem` stays on"

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
    const path = `SET search_path TO "${schema}"`; // related "text is written here"
    try {
      await this.run(client, path); // want error "`SET search_path` stays on"
    } catch (error) {
      client.release();
      throw error;
    }
    return client;
  }
}

export async function work(tenant: string) {
  await db.query("SET search_path TO tenant_a"); // want error "`SET search_path` stays on"
  await db.query(timeouts); // want error "`SET statement_timeout` stays on"
  await withTransaction(async (client) => {
    await tenantOf(client, tenant);
    await client.query("SET search_path TO tenant_a"); // want error "`SET search_path` outlives its transaction"
    await client.query(timeouts); // want error "`SET statement_timeout` outlives its transaction"
    await client.query("SET search_path TO tenant_a; SET ROLE limited; SET TIME ZONE 'UTC'"); // want error "`SET search_path` \(with 1 more like it\) outlives"
    await client.query("SET work_mem = '64MB'; SET ROLE limited"); // want error "`SET work_mem` \(with 1 more like it\) outlives"
  });
}
