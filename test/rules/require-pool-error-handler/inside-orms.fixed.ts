import { drizzle } from "drizzle-orm/node-postgres";
import { Kysely, PostgresDialect } from "kysely";
import { Pool } from "pg";

export const viaUrl = drizzle("postgres://app@db.internal:6432/orders?application_name=orders-api");
viaUrl.$client.on("error", (error) => {
  console.error("idle database connection lost", error);
});

const pool = new Pool({ application_name: "orders-api" });
pool.on("error", (error) => {
  console.error("idle database connection lost", error);
});
export const viaPool = drizzle(pool);

export const kysely = new Kysely<unknown>({
  dialect: new PostgresDialect({
    pool: new Pool({ application_name: "orders-api", max: 10 }).on("error", (error) => console.error("idle database connection lost", error)),
  }),
});
