import type { PoolClient } from "pg";
import postgres from "postgres";
import type { Transaction } from "sequelize";
import { pool } from "./db.ts";
import { knex } from "./knex-db.ts";
import { prisma } from "./prisma-db.ts";
import { sequelize } from "./sequelize-db.ts";
import { sql } from "./sql-db.ts";

// Tracked for each client.
pool.on("connect", (client) => {
  client.query("SET TIME ZONE 'UTC'; SET DateStyle TO ISO; SET application_name TO 'orders'").catch(console.error);
});

export async function inside(tenant: string) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN READ ONLY");
    await client.query("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
    await client.query("SET CONSTRAINTS ALL DEFERRED");
    await client.query("SET LOCAL statement_timeout = '5s'");
    await client.query("SELECT set_config('app.tenant', $1, true)", [tenant]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

// Whoever calls it may be in a transaction.
export async function setTenant(client: PoolClient, tenant: string) {
  await client.query("SELECT set_config('app.tenant', $1, true)", [tenant]);
}

export async function oneText() {
  await pool.query("BEGIN; SET LOCAL statement_timeout = '5s'; DELETE FROM orders WHERE old; COMMIT");
  await pool.query("SET LOCAL statement_timeout = '5s'; DELETE FROM orders WHERE old");
  await pool.query("WITH _ AS (SELECT set_config('app.tenant', 'a', true)) SELECT * FROM orders, _");
}

// One transaction that Prisma sends.
export async function batch(tenant: string) {
  const [, orders] = await prisma.$transaction([
    prisma.$executeRaw`SELECT set_config('app.tenant', ${tenant}, true)`,
    prisma.order.findMany(),
  ]);
  return orders;
}

export async function given(transaction: Transaction, options: { transaction?: Transaction }) {
  await sequelize.query("SET LOCAL lock_timeout = '1s'", { transaction });
  await sequelize.query("SET LOCAL lock_timeout = '1s'", options);
  await knex.transaction(async (trx) => {
    await knex.raw("SET LOCAL lock_timeout = '1s'").transacting(trx);
  });
}

export async function undone() {
  await pool.query("RESET search_path");
  await pool.query("SET search_path TO DEFAULT");
  await pool.query("SET ROLE NONE");
}

export const asText = "SET search_path TO tenant_a";
export const label = { SET: "SET search_path TO tenant_a" };

export const unknown = (name: string, local: boolean) => sql`SELECT set_config(${name}, '1', ${local})`;


/** Nothing that PostgreSQL would take. */
export const onMySql = () => pool.query("SET FOREIGN_KEY_CHECKS = 0");

/** A connection that replicates has a server of its own. */
export const replicating = postgres(process.env.REPLICATION_URL ?? "", {
  max: 1,
  prepare: false,
  connection: { application_name: "shop-replicator", replication: "database" },
});

export const impatient = () => replicating.unsafe("SET lock_timeout = '5s'");

/** Whoever calls it hands the replicating one over. */
export async function slow(session: postgres.Sql) {
  await session.unsafe("SET lock_timeout = '5s'");
}

export const slowly = () => slow(replicating);
