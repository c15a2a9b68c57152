import createKnex from "knex";
import pgPromise from "pg-promise";
import postgres from "postgres";
import { Sequelize } from "sequelize";
import { DataSource } from "typeorm";

export const knex = createKnex({
  client: "pg",
  connection: { connectionString: process.env.DATABASE_URL, application_name: "orders-api" },
  pool: { min: 0, max: 10, idleTimeoutMillis: 4000 },
});

export const sql = postgres(process.env.DATABASE_URL!, {
  prepare: false,
  connection: { application_name: "orders-api" },
  idle_timeout: 4,
});

export const seconds = postgres(process.env.DATABASE_URL!, {
  prepare: false,
  idle_timeout: 4,
  connection: { application_name: "orders-api" },
});

export const sequelize = new Sequelize(process.env.DATABASE_URL!, {
  dialect: "postgres",
  dialectOptions: { application_name: "orders-api", clientMinMessages: "ignore" },
  pool: { max: 5, idle: 4000 },
});

export const dataSource = new DataSource({
  type: "postgres",
  url: process.env.DATABASE_URL,
  applicationName: "orders-api",
  extra: { idleTimeoutMillis: 4000 },
});

export const db = pgPromise()({ connectionString: process.env.DATABASE_URL, application_name: "orders-api", idleTimeoutMillis: 4000 });
