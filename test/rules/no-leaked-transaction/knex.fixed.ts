import { knex } from "./knex-db.ts";

export async function ship(order: number) {
  await knex.transaction(async (trx) => {
    await trx("orders").where({ id: order }).update({ status: "shipped" });
    await trx("parcels").insert({ order });
  });
}

export async function shipSafely(order: number) {
  const trx = await knex.transaction();
  try {
    await trx("orders").where({ id: order }).update({ status: "shipped" });
    await trx("parcels").insert({ order });
    await trx.commit();
  } catch (error) {
    await trx.rollback(error);
    throw error;
  }
}

export async function shipInCallback(order: number) {
  return knex.transaction(async (trx) => {
    const [parcel] = await trx("parcels").insert({ order }).returning("id");
    if (!parcel) return undefined;
    await trx("orders").where({ id: order }).update({ status: "shipped" });
    return parcel.id;
  });
}
