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
  await knex.raw("SET search_path TO tenant_a"); // want error "`SET search_path` stays on the server connection for its next client"
  await drizzleDb.execute(dsql`SET statement_timeout = '5s'`); // want error "`SET statement_timeout` stays on"
  await ksql`SET ROLE limited`.execute(kyselyDb); // want error "`SET ROLE` stays on"
  await pgpDb.none("SET SESSION AUTHORIZATION limited"); // want error "`SET SESSION AUTHORIZATION` stays on"
  await prisma.$executeRawUnsafe("SET work_mem = '64MB'"); // want error "`SET work_mem` stays on"
  await sql`SELECT set_config('app.tenant', ${tenant}, false)`; // want error "`set_config\('app.tenant', …, false\)` stays on"
  await dataSource.query("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"); // want error "`SET SESSION CHARACTERISTICS` stays on"
  await orm.em.execute("SET lock_timeout = '1s'"); // want error "`SET lock_timeout` stays on"
}

export async function inTransactions(tenant: string) {
  await knex.transaction(async (trx) => {
    await trx.raw("SET search_path TO tenant_a"); // want error "`SET search_path` outlives its transaction"
  });
  await drizzleDb.transaction(async (tx) => {
    await tx.execute(dsql`SET statement_timeout = '5s'`); // want error "`SET statement_timeout` outlives"
  });
  await kyselyDb.transaction().execute(async (trx) => {
    await ksql`SET ROLE limited`.execute(trx); // want error "`SET ROLE` outlives"
  });
  await pgpDb.tx(async (t) => {
    await t.none("SET SESSION work_mem TO '64MB'"); // want error "`SET work_mem` outlives"
  });
  await prisma.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT set_config('app.tenant', ${tenant}, false)`; // want error "`set_config\('app.tenant', …, false\)` outlives"
  });
  await sql.begin(async (tx) => {
    await tx`SET search_path TO tenant_a`; // want error "`SET search_path` outlives"
  });
  await dataSource.transaction(async (manager) => {
    await manager.query("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"); // want error "`SET SESSION CHARACTERISTICS` outlives"
  });
}

export async function pinnedToNothing() {
  const reserved = await sql.reserve();
  try {
    await reserved`SET search_path TO tenant_a`; // want error "`SET search_path` stays on"
  } finally {
    reserved.release();
  }
  await pgpDb.task(async (task) => {
    await task.none("SET search_path TO tenant_a"); // want error "`SET search_path` stays on"
  });
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query("SET search_path TO tenant_a"); // want error "`SET search_path` stays on"
  } finally {
    await runner.release();
  }
}
