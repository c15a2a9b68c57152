import { Client } from "pg";

/** Ending the only connection ends its transaction. */
export async function migrate() {
  const client = new Client({ connectionString: process.env.DATABASE_URL, application_name: "orders-migrate" });
  await client.connect();
  try {
    await client.query("BEGIN");
    await client.query("alter table orders add column note text");
    await client.query("COMMIT");
  } finally {
    await client.end();
  }
}
