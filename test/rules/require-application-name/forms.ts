import { drizzle } from "drizzle-orm/node-postgres";
import { drizzle as drizzlePostgres } from "drizzle-orm/postgres-js";
import { Kysely, PostgresDialect } from "kysely";
import { Pool } from "pg";

export const viaConnection = drizzle({ connection: { connectionString: process.env.DATABASE_URL! } }); // want hint "`drizzle\(\)` sets no `application_name`"
viaConnection.$client.on("error", (error) => console.error(error.message));

export const viaText = drizzle({ connection: process.env.DATABASE_URL! }); // want hint "`drizzle\(\)` sets no `application_name`"
viaText.$client.on("error", (error) => console.error(error.message));

export const viaVariable = drizzle(process.env.DATABASE_URL!); // want hint "`drizzle\(\)` sets no `application_name`"
viaVariable.$client.on("error", (error) => console.error(error.message));

/** postgres.js names itself. */
export const viaPostgres = drizzlePostgres({ connection: { url: process.env.DATABASE_URL!, prepare: false } });

const pool = new Pool({ max: 10, connectionString: process.env.DATABASE_URL }); // want hint "`new Pool\(\)` sets no `application_name`"
pool.on("error", (error) => console.error(error.message));

export const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
export const viaClient = drizzle({ client: pool });
