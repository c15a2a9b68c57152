import createKnex from "knex";
import { drizzle } from "drizzle-orm/node-postgres";
import { Client, Pool } from "pg";
import postgres from "postgres";
import { Sequelize } from "sequelize";
import { DataSource } from "typeorm";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";

export async function withPostgres(id: number) {
  const sql = postgres(process.env.DATABASE_URL!, { prepare: false, connection: { application_name: "orders-api" } }); // want warning "`postgres\(\)` opens new connections"
  return sql`select * from orders where id = ${id}`;
}

export async function withKnex(id: number) {
  const knex = createKnex({ // want warning "opens new connections"
    client: "pg",
    connection: { connectionString: process.env.DATABASE_URL, application_name: "orders-api" },
    pool: { min: 0, max: 5 },
  });
  return knex("orders").where({ id });
}

export async function withSequelize(id: number) {
  const sequelize = new Sequelize(process.env.DATABASE_URL!, { dialect: "postgres", dialectOptions: { application_name: "orders-api" } }); // want warning "`new Sequelize\(\)` opens new connections"
  return sequelize.query("select * from orders where id = $1", { bind: [id] });
}

export async function withTypeOrm(id: number) {
  const dataSource = new DataSource({ type: "postgres", url: process.env.DATABASE_URL, applicationName: "orders-api" }); // want warning "`new DataSource\(\)` opens new connections"
  await dataSource.initialize();
  return dataSource.query("select * from orders where id = $1", [id]);
}

export async function withClient(id: number) {
  const client = new Client({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" }); // want warning "`new Client\(\)` opens new connections"
  client.on("error", (error) => console.error(error.message));
  await client.connect();
  return client.query("select * from orders where id = $1", [id]);
}

export async function withDrizzle() {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" }); // want warning "`new Pool\(\)` opens new connections"
  pool.on("error", (error) => console.error(error.message));
  return drizzle(pool).execute("select 1");
}

export async function withPrisma(id: number) {
  const adapter = new PrismaPg({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" }); // want warning "`new PrismaPg\(\)` opens new connections"
  const prisma = new PrismaClient({ adapter });
  return prisma.order.findUnique({ where: { id } });
}
