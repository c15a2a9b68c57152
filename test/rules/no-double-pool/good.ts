import { Pool, type PoolConfig } from "pg";
import { createPool } from "generic-pool";
import mysql from "mysql2";
import { Agent } from "undici";

export const byDefault = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
byDefault.on("error", (error) => console.error(error.message));

export const bounded = new Pool({
  connectionString: process.env.DATABASE_URL,
  application_name: "orders-api",
  max: 20,
  min: 0,
  idleTimeoutMillis: 5000,
});
bounded.on("error", (error) => console.error(error.message));

export const none = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api", maxUses: 1 });
none.on("error", (error) => console.error(error.message));

/** What the caller asks for is not known. */
export function create(config: PoolConfig) {
  const pool = new Pool({ application_name: "orders-api", ...config });
  pool.on("error", (error) => console.error(error.message));
  return pool;
}

/** A default that the caller's options go over. */
export function createWithDefaults(options: PoolConfig) {
  const pool = new Pool({ application_name: "orders-api", min: 2, idleTimeoutMillis: 0, ...options });
  pool.on("error", (error) => console.error(error.message));
  return pool;
}

export const workers = createPool({ create: async () => ({}), destroy: async () => undefined }, { min: 2, max: 4 });
export const other = mysql.createPool({ host: "mysql.internal", connectionLimit: 10 });
export const http = new Agent({ connections: 10 });
