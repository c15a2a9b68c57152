import { pool, sql } from "./slonik-db.ts";

export async function bump(counter: string) {
  await pool.transaction(async (connection) => {
    await connection.query(sql.unsafe`update counters set value = value + 1 where name = ${counter}`);
  });
}

export const bumpManaged = (counter: string) =>
  pool.transaction(async (connection) => {
    await connection.query(sql.unsafe`update counters set value = value + 1 where name = ${counter}`);
  });
