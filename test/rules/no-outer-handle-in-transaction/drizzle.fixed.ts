import { sql } from "drizzle-orm";
import { orders, stock } from "./schema.ts";
import { db } from "./drizzle-db.ts";
import { pool } from "./db.ts";

type Tx = Parameters<Parameters<typeof db.transaction>[0]>[0];

async function audit(item: string, tx: Tx | typeof db = db) {
  await tx.insert(orders).values({ item });
}

export async function placeOrder(item: string) {
  await db.transaction(async (tx) => {
    await tx.insert(orders).values({ item });
    await tx.update(stock).set({ count: 1 });
    await tx.query.orders.findMany();
    await tx.execute(sql`select 1`);
    await pool.query("select 1");
    await db.transaction(async (other) => other.insert(orders).values({ item }));
    await tx.transaction(async (savepoint) => savepoint.insert(orders).values({ item }));
    await audit(item, tx);
    // A subquery is a piece of a statement.
    await tx.select().from(db.select().from(orders).as("o"));
    return tx.insert(orders).values({ item });
  });
}
