import { sql } from "./sql-db.ts";

export async function peek() {
  const reserved = await sql.reserve();
  try {
    await reserved`select 1`;
  } finally {
    reserved.release();
  }
  return reserved`select 2`; // want error "`reserved` was released already"
}
