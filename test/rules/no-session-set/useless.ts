import { Client } from "pg";
import { pool } from "./db.ts";
import { sql } from "./sql-db.ts";
import { sequelize } from "./sequelize-db.ts";

export async function onPool(tenant: string) {
  await pool.query("SET LOCAL statement_timeout = '5s'"); // want error "`SET LOCAL statement_timeout` is in no transaction"
  await pool.query("SELECT set_config('app.tenant', $1, true)", [tenant]); // want error "`set_config\('app.tenant', …, true\)` is in no transaction"
  await sql`SET LOCAL ROLE limited`; // want error "`SET LOCAL ROLE` is in no transaction"
  await sequelize.query("SET LOCAL lock_timeout = '1s'"); // want error "`SET LOCAL lock_timeout` is in no transaction"
}

export async function beforeBegin() {
  const client = await pool.connect();
  try {
    await client.query("SET LOCAL statement_timeout = '5s'"); // want error "`SET LOCAL statement_timeout` is in no transaction"
    await client.query("BEGIN");
    await client.query("SET LOCAL lock_timeout = '1s'");
    await client.query("COMMIT");
    await client.query("SET LOCAL work_mem = '64MB'"); // want error "`SET LOCAL work_mem` is in no transaction"
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

export async function single() {
  const client = new Client({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
  client.on("error", (error) => console.error(error.message));
  await client.connect();
  await client.query("SET LOCAL statement_timeout = '5s'"); // want error "`SET LOCAL statement_timeout` is in no transaction"
  await client.end();
}
