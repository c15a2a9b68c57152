import createKnex from "knex";
import { Pool, type PoolConfig } from "pg";
import postgres from "postgres";
import { Sequelize } from "sequelize";
import { DataSource } from "typeorm";

export const option = new Pool({ application_name: "orders-api" });
option.on("error", (error) => console.error(error.message));

export const fallback = new Pool({ fallback_application_name: "orders-api", host: "db.internal" });
fallback.on("error", (error) => console.error(error.message));

export const url = new Pool({ connectionString: "postgres://app@db.internal:6432/orders?application_name=orders-api" });
url.on("error", (error) => console.error(error.message));

/** postgres.js names itself where nobody else does. */
export const ownName = postgres("postgres://app@db.internal:6432/orders", { prepare: false });

export const viaKnex = createKnex({
  client: "pg",
  connection: { host: "db.internal", application_name: "orders-api" },
  pool: { min: 0 },
});

export const sqlite = createKnex({ client: "sqlite3", connection: { filename: ":memory:" } });

export const viaSequelize = new Sequelize(process.env.DATABASE_URL!, {
  dialect: "postgres",
  dialectOptions: { application_name: "orders-api" },
});

export const viaTypeOrm = new DataSource({ type: "postgres", host: "db.internal", applicationName: "orders-api" });

export const mysql = new DataSource({ type: "mysql", host: "mysql.internal" });

/** Whatever the caller brings may name it. */
export function open(config: PoolConfig) {
  const pool = new Pool(config);
  pool.on("error", (error) => console.error(error.message));
  return pool;
}

export const named = new Pool({ host: "db.internal", application_name: process.env.APP_NAME ?? "orders-api" });
named.on("error", (error) => console.error(error.message));
