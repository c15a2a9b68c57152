import { db } from "./pgp-db.ts";

export async function version() {
  const connection = await db.connect();
  try {
    const row = await connection.one("select version()");
    return row.version;
  } finally {
    connection.done();
  }
}

export const versionInTask = () => db.task((t) => t.one("select version()"));
