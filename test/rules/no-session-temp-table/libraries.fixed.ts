import { pool } from "./db.ts";
import { knex } from "./knex-db.ts";
import { db } from "./pgp-db.ts";
import { sql } from "./sql-db.ts";

export async function outside() {
  await pool.query("CREATE TEMP TABLE incoming (item text)");
  await knex.raw("create temporary view recent as select * from orders");
  await pool.query("SELECT * INTO TEMP recent_orders FROM orders");
}

export async function inside(day: string) {
  await sql.begin(async (tx) => {
    await tx`CREATE TEMPORARY TABLE recent ON COMMIT DROP AS SELECT * FROM orders WHERE day = ${day}`;
    await tx`INSERT INTO report SELECT * FROM recent`;
  });
  await db.tx(async (t) => {
    await t.none("CREATE TEMP TABLE IF NOT EXISTS seen (id int PRIMARY KEY, at timestamp DEFAULT now()) ON COMMIT DROP;");
    await t.none("CREATE TEMP SEQUENCE numbers");
  });
}
