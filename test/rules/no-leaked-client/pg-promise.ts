import { db } from "./pgp-db.ts";

export async function version() {
  const connection = await db.connect(); // want error "The client of `db.connect\(\)` is not released"
  const row = await connection.one("select version()");
  connection.done();
  return row.version;
}

export const versionInTask = () => db.task((t) => t.one("select version()"));
