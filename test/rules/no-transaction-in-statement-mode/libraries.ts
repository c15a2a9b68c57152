import { db as drizzleDb } from "./drizzle-db.ts";
import { pool } from "./db.ts";
import { knex } from "./knex-db.ts";
import { orm } from "./mikro-db.ts";
import { prisma } from "./prisma-db.ts";
import { sequelize } from "./sequelize-db.ts";
import { sql } from "./sql-db.ts";
import { dataSource } from "./typeorm-db.ts";

export async function transactions() {
  await drizzleDb.transaction(async () => {}); // want error "`drizzleDb.transaction\(\)` begins a transaction"
  await knex.transaction(async () => {}); // want error "`knex.transaction\(\)` begins a transaction"
  await sql.begin(async () => {}); // want error "`sql.begin\(\)` begins a transaction"
  await pool.query("BEGIN; DELETE FROM orders; COMMIT"); // want error "`pool.query\(\)` begins a transaction"
}

class Order {
  id = 0;
}

export async function implicit() {
  const orders = dataSource.getRepository(Order);
  await orders.save({ id: 1 }); // want error "`orders.save\(\)` runs in a transaction of its own"
  await orders.save({ id: 1 }, { transaction: false });
  await orders.insert({ id: 1 });
  await orm.em.flush(); // want error "`orm.em.flush\(\)` runs in a transaction of its own"
  await prisma.order.upsert({ where: { id: 1 }, create: {}, update: {} }); // want error "`prisma.order.upsert\(\)` runs in a transaction of its own"
  await prisma.order.create({ data: {} });
  await prisma.$transaction([prisma.order.deleteMany()]); // want error "`prisma.\$transaction\(\)` runs in a transaction of its own"
  const Item = sequelize.define("Item", {});
  await Item.findOrCreate({ where: { name: "a" } }); // want error "`Item.findOrCreate\(\)` runs in a transaction of its own"
  await Item.create({ name: "a" });
  await pool.query("INSERT INTO orders (item) VALUES ('a')");
}
