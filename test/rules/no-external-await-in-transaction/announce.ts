import { Queue } from "bullmq";
import { knex } from "./knex-db.ts";

const mails = new Queue("mails");

export async function ship(order: number) {
  await knex.transaction(async (trx) => {
    await trx("orders").where({ id: order }).update({ status: "shipped" });
    await trx("parcels").insert({ order });
    await mails.add("shipped", { order }); // want warning "waits for a queue"
  });
}

export async function shipAll(orders: readonly number[]) {
  await knex.transaction(async (trx) => {
    for (const order of orders) {
      await trx("orders").where({ id: order }).update({ status: "shipped" });
      await mails.add("shipped", { order }); // want warning "waits for a queue"
    }
  });
}

export async function cancel(order: number, reason: string) {
  const [cancelled] = await knex.transaction(async (trx) => {
    await trx("orders").where({ id: order }).update({ status: "cancelled" });
    await mails.add("cancelled", { // want warning "waits for a queue"
      order,
      reason,
    });
  });
  return cancelled;
}
