import { sql as ksql } from "kysely";
import { knex } from "./knex-db.ts";
import { db } from "./kysely-db.ts";
import { prisma } from "./prisma-db.ts";
import { pool } from "./db.ts";
import { sql } from "./sql-db.ts";
import { dataSource } from "./typeorm-db.ts";

export async function locks(id: number) {
  await knex.raw("select pg_advisory_lock(?)", [id]); // want error "`pg_advisory_lock` belongs to a server connection"
  await ksql`select pg_try_advisory_lock(${id})`.execute(db); // want error "`pg_try_advisory_lock` belongs"
  await prisma.$queryRaw`SELECT pg_try_advisory_lock_shared(${id})`; // want error "`pg_try_advisory_lock_shared` belongs"
}

export async function unlockElsewhere(id: number) {
  await pool.query("SELECT pg_advisory_unlock($1)", [id]); // want error "`pg_advisory_unlock` may reach another server connection than the one that holds the lock"
}

export async function inTransactions(id: number) {
  await sql.begin(async (tx) => {
    await tx`SELECT pg_advisory_lock(${id})`; // want error "`pg_advisory_lock` belongs"
    await tx`UPDATE orders SET status = 'closed' WHERE id = ${id}`;
  });
  await dataSource.transaction(async (manager) => {
    const [{ locked }] = await manager.query("SELECT pg_try_advisory_lock(42) AS locked"); // want error "`pg_try_advisory_lock` belongs"
    if (locked) await manager.query("UPDATE orders SET status = 'closed'");
  });
}

export async function useless(id: number) {
  await pool.query("SELECT pg_advisory_xact_lock($1)", [id]); // want error "`pg_advisory_xact_lock` is in no transaction"
  await sql`SELECT pg_try_advisory_xact_lock(${id})`; // want error "`pg_try_advisory_xact_lock` is in no transaction"
}
