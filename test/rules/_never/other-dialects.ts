import createKnex from "knex";
import { Sequelize } from "sequelize";
import { DataSource } from "typeorm";

const knex = createKnex({ client: "mysql2", connection: process.env.MYSQL_URL, pool: { min: 2, max: 10 } });
const sequelize = new Sequelize({ dialect: "sqlite", storage: ":memory:", pool: { min: 1 } });
const dataSource = new DataSource({ type: "better-sqlite3", database: "app.db" });
const byEnvironment = createKnex({ client: process.env.DB_CLIENT, connection: process.env.DB_URL });

export async function all() {
  const trx = await knex.transaction();
  await trx("orders").update({ status: "paid" });
  await trx.commit();
  await sequelize.query("BEGIN");
  await dataSource.query("BEGIN");
  return byEnvironment("orders").first();
}
