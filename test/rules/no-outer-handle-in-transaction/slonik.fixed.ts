import { pool, sql } from "./slonik-db.ts";

export async function placeOrder(item: string) {
  await pool.transaction(async (connection) => {
    await connection.query(sql.unsafe`insert into orders (item) values (${item})`);
    await connection.query(sql.unsafe`update stock set count = count - 1 where item = ${item}`);
  });
}
