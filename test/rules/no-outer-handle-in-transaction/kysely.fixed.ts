import { type Kysely, sql } from "kysely";
import { type Database, db } from "./kysely-db.ts";

const insert = (item: string, on: Kysely<Database> = db) => on.insertInto("orders").values({ item } as never).execute();

export async function placeOrder(item: string) {
  await db.transaction().execute(async (trx) => {
    await insert(item, trx);
    await trx.updateTable("accounts").set({ balance: 0 }).execute();
    await sql`select 1`.execute(trx);
    await sql`select 1`.execute(trx);
    await trx
      .selectFrom("orders")
      .where("id", "in", db.selectFrom("accounts").select("id"))
      .execute();
  });
}
