import { db } from "./pgp-db.ts";

export async function move(from: number, to: number) {
  const connection = await db.connect();
  await connection.none("BEGIN"); // want error "`BEGIN` has no COMMIT or ROLLBACK on one path"
  await connection.none("update items set shelf = $2 where shelf = $1", [from, to]);
  await connection.none("COMMIT");
  connection.done();
}

export const moveManaged = (from: number, to: number) =>
  db.tx(async (t) => {
    await t.none("update items set shelf = $2 where shelf = $1", [from, to]);
  });
