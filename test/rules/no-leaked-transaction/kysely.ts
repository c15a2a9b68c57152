import { db } from "./kysely-db.ts";

export async function pay(order: number) {
  const trx = await db.startTransaction().execute(); // want error "`db.startTransaction\(\).execute\(\)` has no COMMIT or ROLLBACK"
  await trx.updateTable("orders").set({ status: "paid" }).where("id", "=", order).execute();
  await trx.commit().execute();
}

export async function paySafely(order: number) {
  const trx = await db.startTransaction().execute();
  try {
    await trx.updateTable("orders").set({ status: "paid" }).where("id", "=", order).execute();
    await trx.commit().execute();
  } catch (error) {
    await trx.rollback().execute();
    throw error;
  }
}

export const payManaged = (order: number) =>
  db.transaction().execute(async (trx) => {
    await trx.updateTable("orders").set({ status: "paid" }).where("id", "=", order).execute();
  });
