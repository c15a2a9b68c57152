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
    await trx("stock").del();
    return Promise.all([trx("orders").insert({ item }), trx("stock").del()]);
  });
  await sequelize.transaction(async (transaction) => {
    await Stock.create({}, { transaction });
    await Stock.destroy({ where: {}, transaction });
  });
  await dataSource.transaction(async (manager) => {
    await manager.save(Order, { item });
    await manager.delete(Order, {});
  });
  await drizzle.transaction(async (tx) => {
    await tx.insert(orders).values({ item });
    await tx.delete(orders);
  });
  await kysely.transaction().execute(async (trx) => {
    await trx.deleteFrom("orders").execute();
    await trx.deleteFrom("accounts").execute();
  });
  await pool.transaction(async (connection) => {
    await connection.query(slonik.unsafe`select 1`);
    await connection.query(slonik.unsafe`select 2`);
  });
  await orm.em.transactional(async (em) => {
    await em.find(Order, {});
    await em.count(Order);
  });
  await pgp.tx(async (t) => {
    await t.none("select 1");
    await t.none("select 2");
    // The library's own way.
    await t.batch([t.none("select 1"), t.none("select 2")]);
  });
  await prisma.$transaction(async (tx) => {
    await tx.order.create({ data: { item } });
    await tx.stock.deleteMany();
  });
  await sql.begin(async (tx) => {
    // A pipeline.
    await Promise.all([tx`select 1`, tx`select 2`]);
    for (const one of [item]) {
      await tx`insert into orders (item) values (${one})`;
      await tx`update stock set count = count - 1 where item = ${one}`;
    }
  });
  await sql.begin((tx) => [tx`select 1`, tx`select 2`]);
}
