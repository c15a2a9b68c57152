import { drizzle } from "drizzle-orm/node-postgres";
import { drizzle as drizzlePostgres } from "drizzle-orm/postgres-js";
import { Kysely, PostgresDialect } from "kysely";
import { Pool } from "pg";

export const viaConnection = drizzle({ connection: { connectionString: process.env.DATABASE_URL!, application_name: "orders-api" } });
viaConnection.$client.on("error", (error) => console.error(error.message));

export const viaText = drizzle({ connection: { connectionString: process.env.DATABASE_URL!, application_name: "orders-api" } });
viaText.$client.on("error", (error) => console.error(error.message));

export const viaVariable = drizzle({ connection: { connectionString: process.env.DATABASE_URL!, application_name: "orders-api" } });
viaVariable.$client.on("error", (error) => console.error(error.message));

/** postgres.js names itself. */
export const viaPostgres = drizzlePostgres({ connection: { url: process.env.DATABASE_URL!, prepare: false } });

const pool = new Pool({ max: 10, connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
pool.on("error", (error) => console.error(error.message));

export const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
export const viaClient = drizzle({ client: pool });
