import type { Transaction } from "sequelize";
import { knex } from "./knex-db.ts";
import { sequelize } from "./sequelize-db.ts";
import { dataSource } from "./typeorm-db.ts";

export async function finishedFlag(payment: number) {
  const t = await sequelize.transaction();
  try {
    await sequelize.query("update payments set refunded = true where id = $1", { bind: [payment], transaction: t });
    await t.commit();
  } catch (error) {
    if (!(t as Transaction & { finished?: string }).finished) await t.rollback();
    throw error;
  }
}

export async function ownOrGiven(payment: number, options: { transaction?: Transaction } = {}) {
  const t = options.transaction ?? (await sequelize.transaction());
  try {
    await sequelize.query("update payments set refunded = true where id = $1", { bind: [payment], transaction: t });
    if (!options.transaction) await t.commit();
  } catch (error) {
    if (!options.transaction) await t.rollback();
    throw error;
  }
}

export async function activeFlag(id: number) {
  const queryRunner = dataSource.createQueryRunner();
  await queryRunner.connect();
  try {
    await queryRunner.startTransaction();
    await queryRunner.manager.query("delete from customers where id = $1", [id]);
    await queryRunner.commitTransaction();
  } catch (error) {
    if (queryRunner.isTransactionActive) await queryRunner.rollbackTransaction();
    throw error;
  } finally {
    if (!queryRunner.isReleased) await queryRunner.release();
  }
}

export async function completedFlag(id: number) {
  const trx = await knex.transaction();
  try {
    await trx("orders").where({ id }).delete();
    await trx.commit();
  } finally {
    if (!trx.isCompleted()) await trx.rollback();
  }
}

export async function returnedEnds(id: number) {
  const trx = await knex.transaction();
  try {
    await trx("orders").where({ id }).delete();
    return await trx.commit();
  } catch (error) {
    return trx.rollback(error as Error);
  }
}

export const oldStyle = (id: number) =>
  knex.transaction((trx) => {
    trx("orders").where({ id }).delete().then(trx.commit).catch(trx.rollback);
  });

export const chained = (id: number) =>
  knex.transaction().then((trx) =>
    trx("orders")
      .where({ id })
      .delete()
      .then(() => trx.commit())
      .catch((error) => trx.rollback(error)),
  );

export async function passedOn(id: number) {
  const trx = await knex.transaction();
  return { trx, id };
}
