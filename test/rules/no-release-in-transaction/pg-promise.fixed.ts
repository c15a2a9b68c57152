import { db } from "./pgp-db.ts";

export async function move(from: number, to: number) {
  const connection = await db.connect();
  try {
    await connection.none("BEGIN");
    await connection.none("update items set shelf = $2 where shelf = $1", [from, to]);
    await connection.none("COMMIT");
  } catch (error) {
    await connection.none("ROLLBACK");
    throw error;
  } finally {
    connection.done();
  }
}
