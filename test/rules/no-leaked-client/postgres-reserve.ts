import { sql } from "./sql-db.ts";

export async function locks() {
  const reserved = await sql.reserve(); // want error "The client of `sql.reserve\(\)` is not released"
  const rows = await reserved`select * from pg_locks`;
  reserved.release();
  return rows;
}
