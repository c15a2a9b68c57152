import { pool } from "./db.ts";
import { sql } from "./sql-db.ts";

export async function inside(items: string[]) {
  await sql.begin(async (tx) => {
    await tx`CREATE TEMP TABLE incoming (item text) ON COMMIT DROP`;
    await tx`INSERT INTO incoming SELECT unnest(${items}::text[])`;
  });
}

export async function dropped() {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("CREATE TEMP TABLE incoming (item text)");
    await client.query("INSERT INTO orders (item) SELECT item FROM incoming");
    await client.query("DROP TABLE incoming");
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

export async function oneText() {
  await pool.query("CREATE TEMP TABLE a (b int); INSERT INTO a SELECT 1; DROP TABLE IF EXISTS a");
  await pool.query("CREATE TABLE temporary (item text)");
}
