import { Pool } from "pg";

export const pool = new Pool({
  application_name: "orders-api",
  connectionTimeoutMillis: 2_000,
  max: 20, // want information "20 connections share 5 of PgBouncer to PostgreSQL: the rest of their queries queue, and requests give up after 2 s, before their turn \(pgbouncer.ini:7 default_pool_size=5\)"
});
pool.on("error", (error) => console.error(error.message));

/** Waits longer than the pooler lets it. */
export const patient = new Pool({ application_name: "orders-jobs", max: 20, connectionTimeoutMillis: 60_000 });
patient.on("error", (error) => console.error(error.message));

export const small = new Pool({ application_name: "orders-mail", max: 5, connectionTimeoutMillis: 2_000 });
small.on("error", (error) => console.error(error.message));
