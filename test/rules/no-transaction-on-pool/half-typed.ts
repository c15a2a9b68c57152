import { pool } from "./db.ts";

export async function pay(order: number) {
  await pool.query("BEGIN"); // want error "`BEGIN` goes through `pool.query`"
  await pool.query("update orders set status = 'paid' where id = $1", [order]);
  await pool.
}
