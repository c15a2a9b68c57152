import { sql } from "./sql-db.ts";

export async function locks() {
  const reserved = await sql.reserve();
  try {
    const rows = await reserved`select * from pg_locks`;
    return rows;
  } finally {
    reserved.release();
  }
}
