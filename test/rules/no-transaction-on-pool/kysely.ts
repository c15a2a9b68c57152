import { sql } from "kysely";
import { db } from "./kysely-db.ts";

export async function pay(order: number) {
  await sql`BEGIN`.execute(db); // want error "`BEGIN` goes through"
  await db.updateTable("orders").set({ status: "paid" }).where("id", "=", order).execute();
  await sql`COMMIT`.execute(db);
}
