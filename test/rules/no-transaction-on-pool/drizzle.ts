import { sql } from "drizzle-orm";
import { db } from "./drizzle-db.ts";

export async function clear() {
  await db.execute(sql`BEGIN`); // want error "`BEGIN` goes through `db.execute`"
  await db.execute(sql`delete from carts`);
  await db.execute(sql`COMMIT`);
}

export const clearManaged = () =>
  db.transaction(async (tx) => {
    await tx.execute(sql`delete from carts`);
  });
