import { Pool } from "pg";

export const pool = new Pool({ // related "opens up to 20"
  connectionString: "postgres://app@127.0.0.1:6432/shop",
  max: 20, // want no-oversized-pool "PgBouncer takes 50"
  idleTimeoutMillis: 30_000,
  application_name: "shop",
});
pool.on("error", console.error);
