import { MikroORM } from "@mikro-orm/postgresql";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import { drizzle } from "drizzle-orm/node-postgres";
import createKnex from "knex";
import { Client, Pool } from "pg";
import pgPromise from "pg-promise";
import postgres from "postgres";
import { Sequelize } from "sequelize";
import { createPool } from "slonik";
import { DataSource } from "typeorm";

const pgp = pgPromise();

export const pgPool = new Pool(); // want hint "`new Pool\(\)` sets no `application_name`"
pgPool.on("error", (error) => console.error(error.message));

export const client = new Client({ host: "db.internal", port: 6432 }); // want hint "`new Client\(\)` sets no `application_name`"
client.on("error", (error) => console.error(error.message));

export const viaKnex = createKnex({ // want hint "sets no `application_name`"
  client: "pg",
  connection: { host: "db.internal", port: 6432, database: "orders" },
  pool: { min: 0 },
});

export const viaKnexUrl = createKnex({ client: "pg", connection: process.env.DATABASE_URL, pool: { min: 0 } }); // want hint "sets no `application_name`"

export const viaSequelize = new Sequelize("orders", "app", "", { // want hint "`new Sequelize\(\)` sets no `application_name`"
  host: "db.internal",
  dialect: "postgres",
});

export const viaTypeOrm = new DataSource({ // want hint "`new DataSource\(\)` sets no `application_name`"
  type: "postgres",
  host: "db.internal",
  entities: [],
});

export const viaPgPromise = pgp({ host: "db.internal", port: 6432 }); // want hint "sets no `application_name`"

export const viaSlonik = createPool("postgres://app@db.internal:6432/orders", { // want hint "`createPool\(\)` sets no `application_name`"
  statementTimeout: "DISABLE_TIMEOUT",
  idleInTransactionSessionTimeout: "DISABLE_TIMEOUT",
});

export const viaDrizzle = drizzle("postgres://app@db.internal:6432/orders"); // want hint "`drizzle\(\)` sets no `application_name`"
viaDrizzle.$client.on("error", (error) => console.error(error.message));

export const viaMikro = MikroORM.init({ // want hint "sets no `application_name`"
  dbName: "orders",
  host: "db.internal",
  entities: [],
});

export const viaPrisma = new PrismaClient({ adapter: new PrismaPg({ host: "db.internal", port: 6432 }) }); // want hint "sets no `application_name`"
