import type { Knex } from "knex";
import { knex } from "./knex-db.ts";

const orders = (trx?: Knex.Transaction) => (trx ?? knex)("orders");

export async function placeOrder(item: string) {
  await knex.transaction(async (trx) => {
    await trx("orders").insert({ item });
    await knex("stock").where({ item }).decrement("count", 1); // want error "`knex\(…\)` runs on a second connection, outside the open transaction"
    await knex("stock").transacting(trx).where({ item });
    await knex.raw("select 1").transacting(trx);
    await knex.raw("select 1"); // want error "`knex.raw\(\)`"
    // A piece of a statement that runs inside.
    await trx("orders").whereIn("item", knex("items").select("name"));
    await orders(trx).where({ item });
    await orders().where({ item }); // want error "runs on a second connection"
    const late = knex("orders").where({ item }); // want error "`knex\(…\)`"
    await late;
    const moved = knex("orders").where({ item });
    await moved.transacting(trx);
  });
}

export async function byHand(item: string) {
  const trx = await knex.transaction();
  try {
    await trx("orders").insert({ item });
    await knex("stock").where({ item }).decrement("count", 1); // want error "`knex\(…\)`"
    await trx.commit();
  } catch (error) {
    await trx.rollback();
    throw error;
  }
}
