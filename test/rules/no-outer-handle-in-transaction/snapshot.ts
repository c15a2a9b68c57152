import { sql } from "./sql-db.ts";

/** It stays open for the copiers: they read what it sees. */
export const copy = (tables: readonly string[]) =>
  sql.begin(async (holder) => {
    const [{ snapshot } = { snapshot: "" }] = await holder`select pg_export_snapshot() as snapshot`;
    for (const table of tables) {
      await sql.begin(async (tx) => {
        await tx.unsafe(`set transaction snapshot '${snapshot}'`);
        await tx`select * from ${tx(table)}`;
      });
    }
  });

/** Nobody needs this one. */
export const copyAlone = (tables: readonly string[]) =>
  sql.begin(async (holder) => {
    await holder`select now()`;
    for (const table of tables) {
      await sql.begin(async (tx) => { // want error "opens a second transaction"
        await tx`select * from ${tx(table)}`;
      });
    }
  });
