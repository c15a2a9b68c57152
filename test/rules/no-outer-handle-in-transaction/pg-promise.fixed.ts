import { db } from "./pgp-db.ts";

export async function placeOrder(item: string) {
  await db.tx(async (t) => {
    await t.none("insert into orders (item) values ($1)", [item]);
    await t.none("update stock set count = count - 1 where item = $1", [item]);
  });
  return db.tx((t) => t.batch([t.none("select 1"), t.none("select 2")]));
}
