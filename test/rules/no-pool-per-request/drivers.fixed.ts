import createKnex from "knex";
import { drizzle } from "drizzle-orm/node-postgres";
import { Client, Pool } from "pg";
import postgres from "postgres";
import { Sequelize } from "sequelize";
import { DataSource } from "typeorm";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";

const sql = postgres(process.env.DATABASE_URL!, { prepare: false, connection: { application_name: "orders-api" } });

export async function withPostgres(id: number) {
  return sql`select * from orders where id = ${id}`;
}

const knex = createKnex({
  client: "pg",
  connection: { connectionString: process.env.DATABASE_URL, application_name: "orders-api" },
  pool: { min: 0, max: 5 },
});

export async function withKnex(id: number) {
  return knex("orders").where({ id });
}

const sequelize = new Sequelize(process.env.DATABASE_URL!, { dialect: "postgres", dialectOptions: { application_name: "orders-api" } });

export async function withSequelize(id: number) {
  return sequelize.query("select * from orders where id = $1", { bind: [id] });
}

export async function withTypeOrm(id: number) {
  const dataSource = new DataSource({ type: "postgres", url: process.env.DATABASE_URL, applicationName: "orders-api" });
  await dataSource.initialize();
  return dataSource.query("select * from orders where id = $1", [id]);
}

export async function withClient(id: number) {
  const client = new Client({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
  client.on("error", (error) => console.error(error.message));
  await client.connect();
  return client.query("select * from orders where id = $1", [id]);
}

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
pool.on("error", (error) => console.error(error.message));

export async function withDrizzle() {
  return drizzle(pool).execute("select 1");
}

const adapter = new PrismaPg({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });

export async function withPrisma(id: number) {
  const prisma = new PrismaClient({ adapter });
  return prisma.order.findUnique({ where: { id } });
}
