import { Pool } from "pg";

export const pool = new Pool({
  connectionString: "postgres://app@127.0.0.1:6432/shop",
  max: 20,
  idleTimeoutMillis: 16000,
  application_name: "shop",
});
pool.on("error", console.error);
