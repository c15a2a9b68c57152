import { Pool } from "pg";
import { expect, it } from "vitest";

const pool = new Pool({ connectionString: process.env.TEST_DATABASE_URL });

it("locks the order", async () => {
  const client = await pool.connect();
  await client.query("BEGIN");
  const { rows } = await client.query("select * from orders for update skip locked");
  expect(rows).toHaveLength(1);
  await client.query("ROLLBACK");
  client.release();
});
