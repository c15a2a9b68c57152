import { Model } from "objection";
import { knex } from "./knex-db.ts";

class Order extends Model {
  static override tableName = "orders";
  id!: number;
  status!: string;
}

Order.knex(knex);

export async function pay(id: number) {
  await Order.transaction(async (trx) => {
    await Order.query(trx).findById(id).patch({ status: "paid" });
  });
}

export const payManaged = (id: number) =>
  Order.transaction(async (trx) => {
    await Order.query(trx).findById(id).patch({ status: "paid" });
  });
