import { db } from "./kysely-db.ts";

export async function pay(order: number) {
  await db.transaction().execute(async (trx) => {
    await trx.updateTable("orders").set({ status: "paid" }).where("id", "=", order).execute();
  });
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
