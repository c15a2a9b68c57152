import { type Kysely, sql } from "kysely";
import { type Database, db } from "./kysely-db.ts";

const insert = (item: string, on: Kysely<Database> = db) => on.insertInto("orders").values({ item } as never).execute();

export async function placeOrder(item: string) {
  await db.transaction().execute(async (trx) => {
    await insert(item, trx);
    await db.updateTable("accounts").set({ balance: 0 }).execute(); // want error "`db.updateTable\(…\)` runs on a second connection"
    await sql`select 1`.execute(db); // want error "runs on a second connection"
    await sql`select 1`.execute(trx);
    await trx
      .selectFrom("orders")
      .where("id", "in", db.selectFrom("accounts").select("id"))
      .execute();
  });
}
