import createKnex from "knex";
import postgres from "postgres";
import { Sequelize } from "sequelize";
import { DataSource } from "typeorm";

export const knex = createKnex({
  client: "pg",
  connection: { host: "db.internal", port: 6432, application_name: "orders-api" },
  pool: { min: 0 },
});

export const sequelize = new Sequelize(process.env.DATABASE_URL!, {
  dialect: "postgres",
  dialectOptions: { application_name: "orders-api" },
});

export const dataSource = new DataSource({
  type: "postgres",
  host: "db.internal",
  applicationName: "orders-api",
});

export const sql = postgres("postgres://app@db.internal:6432/orders", {
  prepare: false,
  connection: { application_name: "orders-api" },
});
