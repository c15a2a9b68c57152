import { Pool } from "@neondatabase/serverless";
import { createPool } from "@vercel/postgres";

const neon = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-edge" });
const vercel = createPool({ connectionString: process.env.POSTGRES_URL, application_name: "orders-edge" });

export async function viaNeon(item: string) {
  const client = await neon.connect();
  await client.query("BEGIN"); // want error "`BEGIN` has no COMMIT or ROLLBACK"
  await client.query("insert into orders (item) values ($1)", [item]);
  await client.query("COMMIT");
  client.release();
}

export async function viaVercel(item: string) {
  const client = await vercel.connect();
  await client.sql`BEGIN`; // want error "`BEGIN` has no COMMIT or ROLLBACK"
  await client.sql`insert into orders (item) values (${item})`;
  await client.sql`COMMIT`;
  client.release();
}
