import { Pool } from "pg";
import postgres from "postgres";

export const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  application_name: "orders-api",
  maxUses: 1,
});
pool.on("error", (error) => console.error(error.message));

export const sql = postgres(process.env.DATABASE_URL!, { connection: { application_name: "orders-api" }, idle_timeout: 0.001 });

export const bounded = postgres(process.env.DATABASE_URL!, { idle_timeout: 20, connection: { application_name: "orders-api" } });
