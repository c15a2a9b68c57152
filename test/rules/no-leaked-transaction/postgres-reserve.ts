import { sql } from "./sql-db.ts";

export async function bill(customer: number) {
  const reserved = await sql.reserve();
  await reserved`BEGIN`; // want error "`BEGIN` has no COMMIT or ROLLBACK on one path"
  await reserved`update customers set billed = now() where id = ${customer}`;
  await reserved`COMMIT`;
  reserved.release();
}

export const billManaged = (customer: number) =>
  sql.begin(async (tx) => {
    await tx`update customers set billed = now() where id = ${customer}`;
  });
