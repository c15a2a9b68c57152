import type { PoolClient } from "pg";
import { pool } from "./db.ts";
import { prisma } from "./prisma-db.ts";
import { sql } from "./sql-db.ts";

export async function closeDay(day: string) {
  await sql.begin(async (tx) => {
    await tx`SELECT pg_advisory_xact_lock(42)`;
    await tx`UPDATE orders SET status = 'closed' WHERE day = ${day}`;
  });
}

export const inCallers = (client: PoolClient) => client.query("SELECT pg_advisory_xact_lock(42)");

// The lock holds as long as the statement.
export async function next() {
  await pool.query("SELECT * FROM jobs WHERE pg_try_advisory_xact_lock(id) LIMIT 1 FOR UPDATE");
  await pool.query("WITH held AS (SELECT pg_advisory_xact_lock(42)) UPDATE orders SET status = 'closed' FROM held");
  await pool.query("BEGIN; SELECT pg_advisory_xact_lock(42); UPDATE orders SET status = 'closed'; COMMIT");
  await pool.query("SELECT pg_advisory_xact_lock(42); UPDATE orders SET status = 'closed'");
}

export async function batch(id: number) {
  await prisma.$transaction([
    prisma.$executeRaw`SELECT pg_advisory_xact_lock(${id})`,
    prisma.order.updateMany({ data: { status: "closed" } }),
  ]);
}

export const asText = "SELECT pg_advisory_lock(42)";
