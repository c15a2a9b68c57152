import { Pool } from "pg";

export const pool = new Pool({
  application_name: "orders-api",
  max: 30, // want information "30 connections may be opened, and PgBouncer takes 15: .*compose.yaml:7 MAX_CLIENT_CONN=15"
});
pool.on("error", (error) => console.error(error.message));
