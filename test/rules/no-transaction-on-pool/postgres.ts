import { sql } from "./sql-db.ts";

export async function bill(customer: number) {
  await sql`BEGIN`; // want error "`BEGIN` goes through `sql`"
  await sql`update customers set billed = now() where id = ${customer}`;
  await sql`COMMIT`;
}

export async function billUnsafe(customer: number) {
  await sql.unsafe("BEGIN"); // want error "`BEGIN` goes through `sql.unsafe`"
  await sql.unsafe("update customers set billed = now() where id = $1", [customer]);
  await sql.unsafe("COMMIT");
}

export const billManaged = (customer: number) =>
  sql.begin(async (tx) => {
    await tx`update customers set billed = now() where id = ${customer}`;
    await tx.savepoint((nested) => nested`insert into bills (customer) values (${customer})`);
  });
