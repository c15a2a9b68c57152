import { sql } from "./sql-db.ts";

export async function bill(customer: number) {
  await sql.begin(async (tx) => {
    await tx`update customers set billed = now() where id = ${customer}`;
  });
}

export async function billUnsafe(customer: number) {
  await sql.begin(async (tx) => {
    await tx.unsafe("update customers set billed = now() where id = $1", [customer]);
  });
}

export const billManaged = (customer: number) =>
  sql.begin(async (tx) => {
    await tx`update customers set billed = now() where id = ${customer}`;
    await tx.savepoint((nested) => nested`insert into bills (customer) values (${customer})`);
  });
