import { knex } from "./knex-db.ts";

export async function ship(order: number) {
  await knex.transaction(async (trx) => {
    await trx("orders").where({ id: order }).update({ status: "shipped" });
  });
}
