import { Pool } from "pg";

export const pool = new Pool({
  application_name: "orders-api",
  max: 30, // want information "30 × 4 replicas = 120 connections may be opened, and PgBouncer takes 100"
});
pool.on("error", (error) => console.error(error.message));
