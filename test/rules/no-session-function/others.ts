import { createPool } from "slonik";
import { pool } from "./db.ts";
import { knex } from "./knex-db.ts";

export async function others() {
  await knex.raw("select lastval()"); // want error "`lastval\(\)` may run on another server connection"
  await pool.query("LOAD 'auto_explain'"); // want warning "`LOAD` loads into one server connection"
  await pool.query("RESET ALL"); // want warning "`RESET ALL` wipes the settings of a server connection that other clients share"
  await pool.query("DISCARD ALL"); // want warning "`DISCARD ALL` wipes the session"
}

export async function fine(item: string) {
  await pool.query("RESET search_path");
  await pool.query("INSERT INTO orders (item) VALUES ($1) RETURNING id, currval('orders_id_seq')", [item]);
  await pool.query("SELECT nextval('orders_id_seq'), currval('orders_id_seq')");
  await pool.query("INSERT INTO orders (item) VALUES ('a'); SELECT lastval()");
  await knex.transaction(async (trx) => {
    await trx.raw("insert into orders (item) values (?)", [item]);
    return await trx.raw("select currval('orders_id_seq')");
  });
}
