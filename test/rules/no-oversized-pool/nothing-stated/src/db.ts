import { Pool } from "pg";

export const pool = new Pool({
  application_name: "orders-api",
  connectionTimeoutMillis: 2_000,
  max: 50,
});
pool.on("error", (error) => console.error(error.message));
