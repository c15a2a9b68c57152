import { sql as drizzleSql } from "drizzle-orm";
import { db as drizzle } from "./drizzle-db.ts";
import { knex } from "./knex-db.ts";
import { db as kysely } from "./kysely-db.ts";
import { orm } from "./mikro-db.ts";
import { db as pgp } from "./pgp-db.ts";
import { prisma } from "./prisma-db.ts";
import { sequelize } from "./sequelize-db.ts";
import { pool as slonik, sql as slonikSql } from "./slonik-db.ts";
import { dataSource } from "./typeorm-db.ts";

const charge = "https://payments.internal/charge";

export const withKnex = (id: number) =>
  knex.transaction(async (trx) => {
    await trx("orders").where({ id }).update({ status: "paid" });
    await fetch(charge, { method: "POST" }); // want warning "`fetch\(\)` waits for the network"
  });

export const withSequelize = (id: number) =>
  sequelize.transaction(async (transaction) => {
    await sequelize.query("update orders set status = 'paid' where id = $1", { bind: [id], transaction });
    await fetch(charge, { method: "POST" }); // want warning "waits for the network"
  });

export const withTypeOrm = (id: number) =>
  dataSource.transaction(async (manager) => {
    await manager.query("update orders set status = 'paid' where id = $1", [id]);
    await fetch(charge, { method: "POST" }); // want warning "waits for the network"
  });

export const withDrizzle = (id: number) =>
  drizzle.transaction(async (tx) => {
    await tx.execute(drizzleSql`update orders set status = 'paid' where id = ${id}`);
    await fetch(charge, { method: "POST" }); // want warning "waits for the network"
  });

export const withKysely = (id: number) =>
  kysely.transaction().execute(async (trx) => {
    await trx.updateTable("orders").set({ status: "paid" }).where("id", "=", id).execute();
    await fetch(charge, { method: "POST" }); // want warning "waits for the network"
  });

export const withPgPromise = (id: number) =>
  pgp.tx(async (t) => {
    await t.none("update orders set status = 'paid' where id = $1", [id]);
    await fetch(charge, { method: "POST" }); // want warning "waits for the network"
  });

export const withSlonik = (id: number) =>
  slonik.transaction(async (connection) => {
    await connection.query(slonikSql.unsafe`update orders set status = 'paid' where id = ${id}`);
    await fetch(charge, { method: "POST" }); // want warning "waits for the network"
  });

export const withPrisma = (id: number) =>
  prisma.$transaction(async (tx) => {
    await tx.order.update({ where: { id }, data: { status: "paid" } });
    await fetch(charge, { method: "POST" }); // want warning "waits for the network"
  });

export const withMikroOrm = (id: number) =>
  orm.em.fork().transactional(async (em) => {
    await em.execute("update orders set status = 'paid' where id = ?", [id]);
    await fetch(charge, { method: "POST" }); // want warning "waits for the network"
  });
