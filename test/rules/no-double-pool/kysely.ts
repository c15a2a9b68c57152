import { Kysely, PostgresDialect } from "kysely";
import { Pool } from "pg";

const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  application_name: "orders-api",
  // The cold start was too slow without.
  min: 4, // want information "`min: 4` keeps 4 connections"
  max: 10
});
pool.on("error", (error) => console.error(error.message));

export const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
