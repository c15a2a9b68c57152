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

export const pgPool = new Pool({ application_name: "orders-api" });
pgPool.on("error", (error) => console.error(error.message));

export const client = new Client({ host: "db.internal", port: 6432, application_name: "orders-api" });
client.on("error", (error) => console.error(error.message));

export const viaKnex = createKnex({
  client: "pg",
  connection: { host: "db.internal", port: 6432, database: "orders", application_name: "orders-api" },
  pool: { min: 0 },
});

export const viaKnexUrl = createKnex({ client: "pg", connection: { connectionString: process.env.DATABASE_URL, application_name: "orders-api" }, pool: { min: 0 } });

export const viaSequelize = new Sequelize("orders", "app", "", {
  host: "db.internal",
  dialect: "postgres",
  dialectOptions: { application_name: "orders-api" },
});

export const viaTypeOrm = new DataSource({
  type: "postgres",
  host: "db.internal",
  entities: [],
  applicationName: "orders-api",
});

export const viaPgPromise = pgp({ host: "db.internal", port: 6432, application_name: "orders-api" });

export const viaSlonik = createPool("postgres://app@db.internal:6432/orders?application_name=orders-api", {
  statementTimeout: "DISABLE_TIMEOUT",
  idleInTransactionSessionTimeout: "DISABLE_TIMEOUT",
});

export const viaDrizzle = drizzle("postgres://app@db.internal:6432/orders?application_name=orders-api");
viaDrizzle.$client.on("error", (error) => console.error(error.message));

export const viaMikro = MikroORM.init({
  dbName: "orders",
  host: "db.internal",
  entities: [],
  driverOptions: { application_name: "orders-api" },
});

export const viaPrisma = new PrismaClient({ adapter: new PrismaPg({ host: "db.internal", port: 6432, application_name: "orders-api" }) });
