import { Pool } from "pg";

export const pool = new Pool({
  host: "db.internal",
  port: 6432,
  application_name: "orders-api",
});
pool.on("error", (error) => console.error(error.message));

export async function list() {
  return pool.query(
