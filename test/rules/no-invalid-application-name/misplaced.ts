import createKnex from "knex";
import postgres from "postgres";
import { Sequelize } from "sequelize";
import { DataSource } from "typeorm";

export const knex = createKnex({
  client: "pg",
  connection: { host: "db.internal", port: 6432 },
  pool: { min: 0 },
  application_name: "orders-api", // want warning "Knex ignores `application_name` \(it reads `connection.application_name`\)"
});

export const sequelize = new Sequelize(process.env.DATABASE_URL!, {
  dialect: "postgres",
  application_name: "orders-api", // want warning "Sequelize ignores `application_name` \(it reads `dialectOptions.application_name`\)"
});

export const dataSource = new DataSource({
  type: "postgres",
  host: "db.internal",
  application_name: "orders-api", // want warning "TypeORM ignores `application_name` \(it reads `applicationName`\)"
});

export const sql = postgres("postgres://app@db.internal:6432/orders", {
  prepare: false,
  application_name: "orders-api", // want warning "ignores `application_name` \(it reads `connection.application_name`\)"
});
