import { PrismaClient } from "@prisma/client";
import { Pool } from "pg";
import postgres from "postgres";

/** No flag; a flag that pg does not read; a switch that does no harm. */
export const prisma = new PrismaClient({ datasourceUrl: "postgresql://app@localhost:6432/orders?connection_limit=5&application_name=orders-api" });

export const pool = new Pool({ connectionString: "postgres://app@localhost:6432/orders?pgbouncer=true&application_name=orders-api" });
pool.on("error", (error) => console.error(error.message));

export const sql = postgres("postgres://app@localhost:6432/orders", { prepare: false });

/** Past the pooler the flag does nothing that anybody waits for. */
export const direct = new PrismaClient({ datasourceUrl: process.env.DIRECT_URL });
