import { Pool } from "@neondatabase/serverless";
import { createPool } from "@vercel/postgres";

const neon = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-edge" });
const vercel = createPool({ connectionString: process.env.POSTGRES_URL, application_name: "orders-edge" });

export async function viaNeon(item: string) {
  const client = await neon.connect();
  try {
    await client.query("BEGIN");
    await client.query("insert into orders (item) values ($1)", [item]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

export async function viaVercel(item: string) {
  const client = await vercel.connect();
  try {
    await client.sql`BEGIN`;
    await client.sql`insert into orders (item) values (${item})`;
    await client.sql`COMMIT`;
  } catch (error) {
    await client.sql`ROLLBACK`;
    throw error;
  } finally {
    client.release();
  }
}
