import { Model } from "objection";
import { knex } from "./knex-db.ts";

class Order extends Model {
  static override tableName = "orders";
  id!: number;
  status!: string;
}

Order.knex(knex);

export async function pay(id: number) {
  const trx = await Order.startTransaction(); // want error "`Order.startTransaction\(\)` has no COMMIT or ROLLBACK"
  await Order.query(trx).findById(id).patch({ status: "paid" });
  await trx.commit();
}

export const payManaged = (id: number) =>
  Order.transaction(async (trx) => {
    await Order.query(trx).findById(id).patch({ status: "paid" });
  });
