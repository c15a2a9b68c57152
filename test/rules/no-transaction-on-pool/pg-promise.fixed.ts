import { db } from "./pgp-db.ts";

export async function move(from: number, to: number) {
  await db.tx(async (t) => {
    await t.none("update items set shelf = $2 where shelf = $1", [from, to]);
  });
}
