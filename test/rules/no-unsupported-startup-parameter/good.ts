import { Pool } from "pg";
import postgres from "postgres";

declare const pooled: boolean;

/** Timers of the client, tracked parameters, what is switched off, and what somebody guards. */
export const pool = new Pool({
  application_name: "orders-api",
  query_timeout: 5_000,
  connectionTimeoutMillis: 2_000,
  keepAlive: true,
  client_encoding: "UTF8",
  statement_timeout: 0,
  lock_timeout: undefined,
  options: "-c application_name=orders-api -c TimeZone=UTC",
  ...(pooled ? {} : { statement_timeout: 5_000 }),
});
pool.on("error", (error) => console.error(error.message));

export const guarded = new Pool({
  application_name: "orders-api",
  statement_timeout: pooled ? undefined : 5_000,
});
guarded.on("error", (error) => console.error(error.message));

/** pg ignores what is Prisma's. */
export const viaUrl = new Pool({
  connectionString: "postgres://app@localhost:6432/orders?pgbouncer=true&connection_limit=1&schema=a&application_name=orders-api",
});
viaUrl.on("error", (error) => console.error(error.message));

export const sql = postgres("postgres://app@localhost:6432/orders?sslmode=require&max=5&prepare=false", {
  connection: { application_name: "orders-api", DateStyle: "ISO", standard_conforming_strings: "on" },
});

/** The service behind it. */
export const direct = new Pool({ connectionString: process.env.DIRECT_URL, application_name: "orders-api", statement_timeout: 5_000 });
direct.on("error", (error) => console.error(error.message));
