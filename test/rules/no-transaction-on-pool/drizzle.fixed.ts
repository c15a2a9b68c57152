import { sql } from "drizzle-orm";
import { db } from "./drizzle-db.ts";

export async function clear() {
  await db.transaction(async (tx) => {
    await tx.execute(sql`delete from carts`);
  });
}

export const clearManaged = () =>
  db.transaction(async (tx) => {
    await tx.execute(sql`delete from carts`);
  });
