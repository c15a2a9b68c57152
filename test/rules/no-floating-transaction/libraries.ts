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
    trx("orders").insert({ item }); // want error "is never sent: a query of Knex runs when it is awaited"
  });
  knex.transaction(async (trx) => { // want error "Nobody awaits `knex.transaction\(\)`"
    await trx("orders").insert({ item });
  });
  await sequelize.transaction((transaction) => {
    Stock.create({}, { transaction }); // want error "Nobody awaits `Stock.create\(\)`"
  });
  const t = await sequelize.transaction();
  try {
    await Stock.create({}, { transaction: t });
    t.commit(); // want error "Nobody awaits `t.commit\(\)`, which commits"
  } catch (error) {
    t.rollback(); // want error "Nobody awaits `t.rollback\(\)`"
    throw error;
  }
  await dataSource.transaction(async (manager) => {
    manager.save(Order, { item }); // want error "Nobody awaits `manager.save\(\)`"
  });
  await drizzle.transaction(async (tx) => {
    tx.insert(orders).values({ item }); // want error "is never sent: a query of Drizzle"
    if (item === "") tx.rollback();
  });
  await kysely.transaction().execute(async (trx) => {
    trx.deleteFrom("orders").execute(); // want error "Nobody awaits"
  });
  await pool.transaction(async (connection) => {
    connection.query(slonik.unsafe`select 1`); // want error "Nobody awaits `connection.query\(\)`"
  });
  await orm.em.transactional(async (em) => {
    em.persist(new Order());
    em.flush(); // want error "Nobody awaits `em.flush\(\)`"
  });
  await pgp.tx(async (task) => {
    task.none("select 1"); // want error "Nobody awaits `task.none\(\)`"
  });
  await prisma.$transaction(async (tx) => {
    tx.order.create({ data: { item } }); // want error "is never sent: a query of Prisma"
  });
  await sql.begin(async (tx) => {
    tx`select 1`; // want error "is never sent: a query of postgres.js"
  });
}
