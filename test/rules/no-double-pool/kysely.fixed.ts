import { Kysely, PostgresDialect } from "kysely";
import { Pool } from "pg";

const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  application_name: "orders-api",
  // The cold start was too slow without.
  maxUses: 1,
  max: 10
});
pool.on("error", (error) => console.error(error.message));

export const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
