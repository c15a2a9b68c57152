import { MikroORM } from "@mikro-orm/postgresql";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import { drizzle } from "drizzle-orm/node-postgres";
import createKnex from "knex";
import { Client, Pool } from "pg";
import pgPromise from "pg-promise";
import { Sequelize } from "sequelize";
import { createPool } from "slonik";
import { DataSource } from "typeorm";

const pgp = pgPromise();

export const client = new Client({
  application_name: "orders-api",
  lock_timeout: 2_000, // want error "`lock_timeout` is sent at connect"
});
client.on("error", (error) => console.error(error.message));

export const searching = new Pool({
  application_name: "orders-api",
  options: "-c search_path=tenant_a -c statement_timeout=5s", // want error "`options` sends `search_path` and `statement_timeout` at connect, and PgBouncer refuses them: `unsupported startup parameter in options: search_path`"
});
searching.on("error", (error) => console.error(error.message));

export const viaUrl = new Pool({
  connectionString: "postgres://app@localhost:6432/orders?application_name=orders-api&statement_timeout=5000", // want error "The URL sends `statement_timeout` at connect"
});
viaUrl.on("error", (error) => console.error(error.message));

export const viaKnex = createKnex({
  client: "pg",
  connection: {
    application_name: "orders-api",
    idle_in_transaction_session_timeout: 10_000, // want error "`idle_in_transaction_session_timeout` is sent"
  },
  pool: { min: 0 },
});

export const viaSequelize = new Sequelize("orders", "app", "", {
  dialect: "postgres",
  dialectOptions: {
    application_name: "orders-api",
    statement_timeout: 5_000, // want error "`statement_timeout` is sent"
    clientMinMessages: "ignore",
  },
});

export const viaTypeOrm = new DataSource({
  type: "postgres",
  applicationName: "orders-api",
  extra: { options: "-c search_path=tenant_a" }, // want error "`options` sends `search_path`"
});

export const viaPgPromise = pgp({
  application_name: "orders-api",
  statement_timeout: 5_000, // want error "`statement_timeout` is sent"
});

export const viaDrizzle = drizzle({
  connection: {
    application_name: "orders-api",
    statement_timeout: 5_000, // want error "`statement_timeout` is sent"
  },
});
viaDrizzle.$client.on("error", (error) => console.error(error.message));

export const viaMikro = MikroORM.init({
  dbName: "orders",
  driverOptions: {
    application_name: "orders-api",
    statement_timeout: 5_000, // want error "`statement_timeout` is sent"
  },
});

export const viaPrisma = new PrismaClient({
  adapter: new PrismaPg({
    application_name: "orders-api",
    statement_timeout: 5_000, // want error "`statement_timeout` is sent"
  }),
});

export const viaSlonik = createPool("postgres://app@localhost:6432/orders?application_name=orders-api", { // want error "`createPool\(\)` sends `idle_in_transaction_session_timeout` by default at connect"
  statementTimeout: 5_000, // want error "`statementTimeout` sends `statement_timeout` at connect"
});
