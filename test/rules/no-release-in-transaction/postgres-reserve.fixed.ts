import { sql } from "./sql-db.ts";

export async function bill(customer: number) {
  const reserved = await sql.reserve();
  try {
    await reserved`BEGIN`;
    await reserved`update customers set billed = now() where id = ${customer}`;
    await reserved`COMMIT`;
  } catch (error) {
    await reserved`ROLLBACK`;
    throw error;
  } finally {
    reserved.release();
  }
}
