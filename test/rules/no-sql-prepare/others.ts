import { knex } from "./knex-db.ts";
import { pool } from "./db.ts";

export async function strays(id: number) {
  await knex.raw("EXECUTE order_by_id(1)"); // want error "`EXECUTE order_by_id` may reach a server connection on which nobody prepared it"
  await pool.query("DEALLOCATE ALL"); // want error "`DEALLOCATE ALL` takes away what other clients prepared"
  await pool.query("DEALLOCATE order_by_id"); // want error "`DEALLOCATE order_by_id` may reach"
}

// One server connection runs it all.
export async function oneText(ids: number[]) {
  await pool.query(`PREPARE one (int) AS DELETE FROM orders WHERE id = $1; EXECUTE one(1); EXECUTE one(2); DEALLOCATE one`);
  await pool.query(`PREPARE many (int) AS DELETE FROM orders WHERE id = $1;
${ids.map((id) => `EXECUTE many(${id});`).join("\n")}
DEALLOCATE many;`);
  await pool.query("PREPARE TRANSACTION 'two-phase'");
  await pool.query("SELECT * FROM orders WHERE id = $1", [1]);
}
