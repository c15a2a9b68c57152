import type { Knex } from "knex";
import { knex } from "./knex-db.ts";

const orders = (trx?: Knex.Transaction) => (trx ?? knex)("orders");

export async function placeOrder(item: string) {
  await knex.transaction(async (trx) => {
    await trx("orders").insert({ item });
    await trx("stock").where({ item }).decrement("count", 1);
    await knex("stock").transacting(trx).where({ item });
    await knex.raw("select 1").transacting(trx);
    await trx.raw("select 1");
    // A piece of a statement that runs inside.
    await trx("orders").whereIn("item", knex("items").select("name"));
    await orders(trx).where({ item });
    await orders().where({ item });
    const late = trx("orders").where({ item });
    await late;
    const moved = knex("orders").where({ item });
    await moved.transacting(trx);
  });
}

export async function byHand(item: string) {
  const trx = await knex.transaction();
  try {
    await trx("orders").insert({ item });
    await trx("stock").where({ item }).decrement("count", 1);
    await trx.commit();
  } catch (error) {
    await trx.rollback();
    throw error;
  }
}
