import createKnex from "knex";
import pgPromise from "pg-promise";
import postgres from "postgres";
import { Sequelize } from "sequelize";
import { DataSource } from "typeorm";

export const knex = createKnex({ // want hint "keeps idle connections for 30 s, PgBouncer closes them after 5 s"
  client: "pg",
  connection: { connectionString: process.env.DATABASE_URL, application_name: "orders-api" },
  pool: { min: 0, max: 10 },
});

export const sql = postgres(process.env.DATABASE_URL!, { // want hint "`postgres\(\)` by default keeps idle connections for ever"
  prepare: false,
  connection: { application_name: "orders-api" },
});

export const seconds = postgres(process.env.DATABASE_URL!, {
  prepare: false,
  idle_timeout: 30, // want hint "`idle_timeout: 30` keeps idle connections for 30 s"
  connection: { application_name: "orders-api" },
});

export const sequelize = new Sequelize(process.env.DATABASE_URL!, {
  dialect: "postgres",
  dialectOptions: { application_name: "orders-api", clientMinMessages: "ignore" },
  pool: { max: 5, idle: 20_000 }, // want hint "`idle: 20_000` keeps idle connections for 20 s"
});

export const dataSource = new DataSource({ // want hint "keeps idle connections for 10 s"
  type: "postgres",
  url: process.env.DATABASE_URL,
  applicationName: "orders-api",
});

export const db = pgPromise()({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" }); // want hint "keeps idle connections for 10 s"
