import { sql as ksql } from "kysely";
import { sql as dsql } from "drizzle-orm";
import { db as drizzleDb } from "./drizzle-db.ts";
import { knex } from "./knex-db.ts";
import { db as kyselyDb } from "./kysely-db.ts";
import { db as pgpDb } from "./pgp-db.ts";
import { prisma } from "./prisma-db.ts";
import { sql } from "./sql-db.ts";
import { dataSource } from "./typeorm-db.ts";
import { orm } from "./mikro-db.ts";

export async function everywhere(tenant: string) {
  await knex.raw("SET search_path TO tenant_a");
  await drizzleDb.execute(dsql`SET statement_timeout = '5s'`);
  await ksql`SET ROLE limited`.execute(kyselyDb);
  await pgpDb.none("SET SESSION AUTHORIZATION limited");
  await prisma.$executeRawUnsafe("SET work_mem = '64MB'");
  await sql`SELECT set_config('app.tenant', ${tenant}, false)`;
  await dataSource.query("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY");
  await orm.em.execute("SET lock_timeout = '1s'");
}

export async function inTransactions(tenant: string) {
  await knex.transaction(async (trx) => {
    await trx.raw("SET LOCAL search_path TO tenant_a");
  });
  await drizzleDb.transaction(async (tx) => {
    await tx.execute(dsql`SET LOCAL statement_timeout = '5s'`);
  });
  await kyselyDb.transaction().execute(async (trx) => {
    await ksql`SET LOCAL ROLE limited`.execute(trx);
  });
  await pgpDb.tx(async (t) => {
    await t.none("SET LOCAL work_mem TO '64MB'");
  });
  await prisma.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT set_config('app.tenant', ${tenant}, true)`;
  });
  await sql.begin(async (tx) => {
    await tx`SET LOCAL search_path TO tenant_a`;
  });
  await dataSource.transaction(async (manager) => {
    await manager.query("SET TRANSACTION READ ONLY");
  });
}

export async function pinnedToNothing() {
  const reserved = await sql.reserve();
  try {
    await reserved`SET search_path TO tenant_a`;
  } finally {
    reserved.release();
  }
  await pgpDb.task(async (task) => {
    await task.none("SET search_path TO tenant_a");
  });
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query("SET search_path TO tenant_a");
  } finally {
    await runner.release();
  }
}
