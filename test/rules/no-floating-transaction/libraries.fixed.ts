import { dataSource } from "./typeorm-db.ts";
import { db as drizzle } from "./drizzle-db.ts";
import { db as kysely } from "./kysely-db.ts";
import { knex } from "./knex-db.ts";
import { orm } from "./mikro-db.ts";
import { db as pgp } from "./pgp-db.ts";
import { prisma } from "./prisma-db.ts";
import { sequelize } from "./sequelize-db.ts";
import { pool, sql as slonik } from "./slonik-db.ts";
import { sql } from "./sql-db.ts";
import { orders } from "./schema.ts";

class Order {
  item!: string;
}

const Stock = sequelize.define("Stock", {});

export async function place(item: string) {
  await knex.transaction(async (trx) => {
    await trx("orders").insert({ item });
  });
  await knex.transaction(async (trx) => {
    await trx("orders").insert({ item });
  });
  await sequelize.transaction((transaction) => {
    Stock.create({}, { transaction });
  });
  const t = await sequelize.transaction();
  try {
    await Stock.create({}, { transaction: t });
    await t.commit();
  } catch (error) {
    await t.rollback();
    throw error;
  }
  await dataSource.transaction(async (manager) => {
    await manager.save(Order, { item });
  });
  await drizzle.transaction(async (tx) => {
    await tx.insert(orders).values({ item });
    if (item === "") tx.rollback();
  });
  await kysely.transaction().execute(async (trx) => {
    await trx.deleteFrom("orders").execute();
  });
  await pool.transaction(async (connection) => {
    await connection.query(slonik.unsafe`select 1`);
  });
  await orm.em.transactional(async (em) => {
    em.persist(new Order());
    await em.flush();
  });
  await pgp.tx(async (task) => {
    await task.none("select 1");
  });
  await prisma.$transaction(async (tx) => {
    await tx.order.create({ data: { item } });
  });
  await sql.begin(async (tx) => {
    await tx`select 1`;
  });
}
