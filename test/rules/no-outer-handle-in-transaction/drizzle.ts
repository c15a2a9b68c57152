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
    await db.update(stock).set({ count: 1 }); // want error "`db.update\(…\)` runs on a second connection"
    await db.query.orders.findMany(); // want error "`db.query.orders.findMany\(\)`"
    await db.execute(sql`select 1`); // want error "`db.execute\(\)`"
    await pool.query("select 1"); // want error "`pool.query\(\)` runs on a second connection"
    await db.transaction(async (other) => other.insert(orders).values({ item })); // want error "`db.transaction\(\)` opens a second transaction on a second connection"
    await tx.transaction(async (savepoint) => savepoint.insert(orders).values({ item }));
    await audit(item, tx);
    // A subquery is a piece of a statement.
    await tx.select().from(db.select().from(orders).as("o"));
    return tx.insert(orders).values({ item });
  });
}
