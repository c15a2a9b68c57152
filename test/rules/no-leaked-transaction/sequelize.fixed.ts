import { sequelize } from "./sequelize-db.ts";

export async function refund(payment: number) {
  await sequelize.transaction(async (t) => {
    await sequelize.query("update payments set refunded = true where id = $1", { bind: [payment], transaction: t });
    await sequelize.query("insert into refunds (payment) values ($1)", { bind: [payment], transaction: t });
  });
}

export async function refundSafely(payment: number) {
  const t = await sequelize.transaction();
  try {
    await sequelize.query("update payments set refunded = true where id = $1", { bind: [payment], transaction: t });
    await t.commit();
  } catch (error) {
    await t.rollback();
    throw error;
  }
}

export const refundManaged = (payment: number) =>
  sequelize.transaction(async (transaction) => {
    await sequelize.query("update payments set refunded = true where id = $1", { bind: [payment], transaction });
  });
