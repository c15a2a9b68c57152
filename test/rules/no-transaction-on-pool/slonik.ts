import { pool, sql } from "./slonik-db.ts";

export async function bump(counter: string) {
  await pool.query(sql.unsafe`BEGIN`); // want error "`BEGIN` goes through `pool.query`"
  await pool.query(sql.unsafe`update counters set value = value + 1 where name = ${counter}`);
  await pool.query(sql.unsafe`COMMIT`);
}

export const bumpManaged = (counter: string) =>
  pool.transaction(async (connection) => {
    await connection.query(sql.unsafe`update counters set value = value + 1 where name = ${counter}`);
  });
