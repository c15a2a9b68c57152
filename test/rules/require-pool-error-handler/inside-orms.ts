import { drizzle } from "drizzle-orm/node-postgres";
import { Kysely, PostgresDialect } from "kysely";
import { Pool } from "pg";

export const viaUrl = drizzle("postgres://app@db.internal:6432/orders?application_name=orders-api"); // want warning "`drizzle\(\)` has no `error` listener"

const pool = new Pool({ application_name: "orders-api" }); // want warning "`new Pool\(\)` has no `error` listener"
export const viaPool = drizzle(pool);

export const kysely = new Kysely<unknown>({
  dialect: new PostgresDialect({
    pool: new Pool({ application_name: "orders-api", max: 10 }), // want warning "`new Pool\(\)` has no `error` listener"
  }),
});
