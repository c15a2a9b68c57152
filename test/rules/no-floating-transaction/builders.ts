import { dataSource } from "./typeorm-db.ts";
import { db as drizzle } from "./drizzle-db.ts";
import { db as kysely } from "./kysely-db.ts";
import { knex } from "./knex-db.ts";
import type { Knex } from "knex";
import type { SelectQueryBuilder } from "typeorm";
import { orders } from "./schema.ts";

class Order {
  item!: string;
}

const newest = (query: Knex.QueryBuilder) => {
  query.orderBy("at", "desc");
};

function onlyOf(builder: SelectQueryBuilder<Order>, item: string) {
  builder.andWhere("item = :item", { item });
}

/** What is called on a builder that has a name changes it: it is sent later, with all that it was told. */
export async function find(item: string, locked: boolean) {
  const rows = await knex.transaction(async (trx) => {
    const query = trx("orders").where({ item });
    if (locked) query.forUpdate();
    query.limit(10).offset(5);
    newest(query);
    return await query;
  });
  const one = await dataSource.transaction(async (manager) => {
    const builder = manager.getRepository(Order).createQueryBuilder("record").where("item = :item", { item });
    if (locked) {
      builder.setLock("pessimistic_write");
    }
    builder.andWhere("open").orderBy("at");
    onlyOf(builder, item);
    return await builder.getOne();
  });
  await drizzle.transaction(async (tx) => {
    const query = tx.select().from(orders).$dynamic();
    if (locked) query.for("update");
    await query;
  });
  return { rows, one };
}

export class Search {
  private query: Knex.QueryBuilder | undefined;

  run(item: string) {
    return knex.transaction(async (trx) => {
      this.query = trx("orders");
      this.query.where({ item });
      return await this.query;
    });
  }
}

export async function lost(item: string) {
  await dataSource.transaction(async (manager) => {
    manager.createQueryBuilder().delete().from(Order).where("item = :item", { item }); // want error "is never sent: a query of TypeORM runs when it is executed."
  });
  await kysely.transaction().execute(async (trx) => {
    trx.deleteFrom("orders").where("item", "=", item); // want error "is never sent: a query of Kysely runs when it is executed."
  });
}
