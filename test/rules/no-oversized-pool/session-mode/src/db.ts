import { Pool } from "pg";

export const pool = new Pool({
  application_name: "orders-api",
  maxUses: 1,
  max: 20, // want information "20 connections share 2 of PgBouncer to PostgreSQL: the rest wait until another disconnects, and fail with `query_wait_timeout` after 1 s"
});
pool.on("error", (error) => console.error(error.message));
