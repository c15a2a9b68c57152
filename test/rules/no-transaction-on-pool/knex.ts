import { knex } from "./knex-db.ts";

export async function ship(order: number) {
  await knex.raw("BEGIN"); // want error "`BEGIN` goes through `knex.raw`"
  await knex("orders").where({ id: order }).update({ status: "shipped" });
  await knex.raw("COMMIT");
}
