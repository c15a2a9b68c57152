import { sql } from "./sql-db.ts";

export async function bill(customer: number) {
  const reserved = await sql.reserve();
  try {
    await reserved`BEGIN`;
    await reserved`update customers set billed = now() where id = ${customer}`;
    await reserved`COMMIT`;
  } finally {
    reserved.release(); // want error "gives the connection back while the transaction of `BEGIN` may be open"
  }
}
