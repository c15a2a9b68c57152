import { pool } from "./db.ts";
import { knex } from "./knex-db.ts";
import { db } from "./pgp-db.ts";
import { sql } from "./sql-db.ts";

export async function outside() {
  await pool.query("CREATE TEMP TABLE incoming (item text)"); // want error "`CREATE TEMP TABLE incoming` stays on the server connection"
  await knex.raw("create temporary view recent as select * from orders"); // want error "`CREATE TEMP VIEW recent` stays on"
  await pool.query("SELECT * INTO TEMP recent_orders FROM orders"); // want error "`CREATE TEMP TABLE recent_orders` stays on"
}

export async function inside(day: string) {
  await sql.begin(async (tx) => {
    await tx`CREATE TEMPORARY TABLE recent AS SELECT * FROM orders WHERE day = ${day}`; // want error "`CREATE TEMP TABLE recent` outlives its transaction"
    await tx`INSERT INTO report SELECT * FROM recent`;
  });
  await db.tx(async (t) => {
    await t.none("CREATE TEMP TABLE IF NOT EXISTS seen (id int PRIMARY KEY, at timestamp DEFAULT now());"); // want error "`CREATE TEMP TABLE seen` outlives"
    await t.none("CREATE TEMP SEQUENCE numbers"); // want error "`CREATE TEMP SEQUENCE numbers` outlives"
  });
}
