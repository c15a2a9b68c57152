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

// Set once in the database: ALTER ROLE CURRENT_USER SET lock_timeout = '2000ms';
export const client = new Client({
  application_name: "orders-api",
});
client.on("error", (error) => console.error(error.message));

// Set once in the database: ALTER ROLE CURRENT_USER SET search_path = tenant_a;
// Set once in the database: ALTER ROLE CURRENT_USER SET statement_timeout = '5s';
export const searching = new Pool({
  application_name: "orders-api",
});
searching.on("error", (error) => console.error(error.message));

// Set once in the database: ALTER ROLE CURRENT_USER SET statement_timeout = '5000';
export const viaUrl = new Pool({
  connectionString: "postgres://app@localhost:6432/orders?application_name=orders-api",
});
viaUrl.on("error", (error) => console.error(error.message));

// Set once in the database: ALTER ROLE CURRENT_USER SET idle_in_transaction_session_timeout = '10000ms';
export const viaKnex = createKnex({
  client: "pg",
  connection: {
    application_name: "orders-api",
  },
  pool: { min: 0 },
});

// Set once in the database: ALTER ROLE CURRENT_USER SET statement_timeout = '5000ms';
export const viaSequelize = new Sequelize("orders", "app", "", {
  dialect: "postgres",
  dialectOptions: {
    application_name: "orders-api",
    clientMinMessages: "ignore",
  },
});

// Set once in the database: ALTER ROLE CURRENT_USER SET search_path = tenant_a;
export const viaTypeOrm = new DataSource({
  type: "postgres",
  applicationName: "orders-api",
  extra: {},
});

// Set once in the database: ALTER ROLE CURRENT_USER SET statement_timeout = '5000ms';
export const viaPgPromise = pgp({
  application_name: "orders-api",
});

// Set once in the database: ALTER ROLE CURRENT_USER SET statement_timeout = '5000ms';
export const viaDrizzle = drizzle({
  connection: {
    application_name: "orders-api",
  },
});
viaDrizzle.$client.on("error", (error) => console.error(error.message));

// Set once in the database: ALTER ROLE CURRENT_USER SET statement_timeout = '5000ms';
export const viaMikro = MikroORM.init({
  dbName: "orders",
  driverOptions: {
    application_name: "orders-api",
  },
});

// Set once in the database: ALTER ROLE CURRENT_USER SET statement_timeout = '5000ms';
export const viaPrisma = new PrismaClient({
  adapter: new PrismaPg({
    application_name: "orders-api",
  }),
});

// Set once in the database: ALTER ROLE CURRENT_USER SET statement_timeout = '5000ms';
export const viaSlonik = createPool("postgres://app@localhost:6432/orders?application_name=orders-api", {
  statementTimeout: "DISABLE_TIMEOUT",
  idleInTransactionSessionTimeout: "DISABLE_TIMEOUT",
});
