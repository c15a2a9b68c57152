import { sql } from "kysely";
import { db } from "./kysely-db.ts";

export async function pay(order: number) {
  await db.transaction().execute(async (trx) => {
    await trx.updateTable("orders").set({ status: "paid" }).where("id", "=", order).execute();
  });
}
