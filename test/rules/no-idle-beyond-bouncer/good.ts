import { Pool, type PoolConfig } from "pg";
import postgres from "postgres";

export const below = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api", idleTimeoutMillis: 3000 });
below.on("error", (error) => console.error(error.message));

export const once = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api", maxUses: 1 });
once.on("error", (error) => console.error(error.message));

export const recycled = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api", maxLifetimeSeconds: 4 });
recycled.on("error", (error) => console.error(error.message));

export const sql = postgres(process.env.DATABASE_URL!, { prepare: false, idle_timeout: 4, connection: { application_name: "orders-api" } });

export function open(config: PoolConfig) {
  const pool = new Pool({ application_name: "orders-api", ...config });
  pool.on("error", (error) => console.error(error.message));
  return pool;
}
