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
    await Promise.all([trx("orders").insert({ item }), trx("stock").del()]); // want warning "`Promise.all\(\)`"
    return Promise.all([trx("orders").insert({ item }), trx("stock").del()]); // want warning "`Promise.all\(\)`"
  });
  await sequelize.transaction(async (transaction) => {
    await Promise.all([Stock.create({}, { transaction }), Stock.destroy({ where: {}, transaction })]); // want warning "`Promise.all\(\)`"
  });
  await dataSource.transaction(async (manager) => {
    await Promise.all([manager.save(Order, { item }), manager.delete(Order, {})]); // want warning "`Promise.all\(\)`"
  });
  await drizzle.transaction(async (tx) => {
    await Promise.all([tx.insert(orders).values({ item }), tx.delete(orders)]); // want warning "`Promise.all\(\)`"
  });
  await kysely.transaction().execute(async (trx) => {
    await Promise.all([trx.deleteFrom("orders").execute(), trx.deleteFrom("accounts").execute()]); // want warning "`Promise.all\(\)`"
  });
  await pool.transaction(async (connection) => {
    await Promise.all([connection.query(slonik.unsafe`select 1`), connection.query(slonik.unsafe`select 2`)]); // want warning "`Promise.all\(\)`"
  });
  await orm.em.transactional(async (em) => {
    await Promise.all([em.find(Order, {}), em.count(Order)]); // want warning "`Promise.all\(\)`"
  });
  await pgp.tx(async (t) => {
    await Promise.all([t.none("select 1"), t.none("select 2")]); // want warning "`Promise.all\(\)`"
    // The library's own way.
    await t.batch([t.none("select 1"), t.none("select 2")]);
  });
  await prisma.$transaction(async (tx) => {
    await Promise.all([tx.order.create({ data: { item } }), tx.stock.deleteMany()]); // want hint "`Promise.all\(\)` wins nothing in a transaction: Prisma sends its statements one after another"
  });
  await sql.begin(async (tx) => {
    // A pipeline.
    await Promise.all([tx`select 1`, tx`select 2`]);
    await Promise.all([item].map(async (one) => { // want warning "what they write after ROLLBACK stays"
      await tx`insert into orders (item) values (${one})`;
      await tx`update stock set count = count - 1 where item = ${one}`;
    }));
  });
  await sql.begin((tx) => [tx`select 1`, tx`select 2`]);
}
