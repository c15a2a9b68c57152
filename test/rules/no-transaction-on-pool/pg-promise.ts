import { db } from "./pgp-db.ts";

export async function move(from: number, to: number) {
  await db.none("BEGIN"); // want error "`BEGIN` goes through `db.none`"
  await db.none("update items set shelf = $2 where shelf = $1", [from, to]);
  await db.none("COMMIT");
}
