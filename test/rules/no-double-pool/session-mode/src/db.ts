import { Pool } from "pg";
import postgres from "postgres";

export const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  application_name: "orders-api",
  min: 2, // want warning "`min: 2` keeps 2 connections open for ever: each pins a server connection of PgBouncer while it is idle \(pgbouncer.ini:5 pool_mode=session\)"
});
pool.on("error", (error) => console.error(error.message));

export const sql = postgres(process.env.DATABASE_URL!, { connection: { application_name: "orders-api" } }); // want information "`postgres\(\)` keeps idle connections open for ever by default: each pins a server connection"

export const bounded = postgres(process.env.DATABASE_URL!, { idle_timeout: 20, connection: { application_name: "orders-api" } });
