import { knex } from "./knex-db.ts";
import { db as kysely } from "./kysely-db.ts";
import { prisma } from "./prisma-db.ts";
import { sequelize } from "./sequelize-db.ts";
import { sql } from "./sql-db.ts";
import { dataSource } from "./typeorm-db.ts";

/** A return, a throw and a condition inside: the library ends the transaction. */
export const viaKnex = (id: number) =>
  knex.transaction(async (trx) => {
    const order = await trx("orders").where({ id }).first();
    if (!order) return undefined;
    if (order.status === "paid") throw new Error("already paid");
    await trx("orders").where({ id }).update({ status: "paid" });
    return order.id;
  });

export const viaSequelize = (id: number) =>
  sequelize.transaction(async (transaction) => {
    const [rows] = await sequelize.query("select * from orders where id = $1", { bind: [id], transaction });
    if (rows.length === 0) return false;
    await sequelize.query("update orders set status = 'paid' where id = $1", { bind: [id], transaction });
    return true;
  });

export const viaTypeOrm = (id: number) =>
  dataSource.transaction(async (manager) => {
    const rows = await manager.query("select * from orders where id = $1", [id]);
    if (rows.length === 0) return;
    await manager.query("update orders set status = 'paid' where id = $1", [id]);
  });

export const viaKysely = (id: number) =>
  kysely.transaction().execute(async (trx) => {
    const order = await trx.selectFrom("orders").selectAll().where("id", "=", id).executeTakeFirst();
    if (!order) return;
    await trx.updateTable("orders").set({ status: "paid" }).where("id", "=", id).execute();
  });

export const viaPostgres = (id: number) =>
  sql.begin("read only", async (tx) => {
    const [order] = await tx`select * from orders where id = ${id}`;
    return order ?? undefined;
  });

export const pipelined = (id: number) => sql.begin((tx) => [tx`update orders set status = 'paid' where id = ${id}`, tx`insert into paid (id) values (${id})`]);

export const viaPrisma = (id: number) =>
  prisma.$transaction(async (tx) => {
    const order = await tx.order.findUnique({ where: { id } });
    if (!order) return null;
    return tx.order.update({ where: { id }, data: { status: "paid" } });
  });

export const array = (id: number) =>
  prisma.$transaction([prisma.order.update({ where: { id }, data: { status: "paid" } }), prisma.payment.create({ data: { order: id } })]);

/** A transaction of the library that fails on purpose, so that nothing stays. */
export const dryRun = (id: number) =>
  sql
    .begin(async (tx) => {
      await tx`delete from orders where id = ${id}`;
      throw new Error("rollback");
    })
    .catch(() => undefined);
