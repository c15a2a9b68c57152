import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import createKnex from "knex";
import { Kysely, PostgresDialect } from "kysely";
import { FileMigrationProvider, Migrator } from "kysely/migration";
import { runner } from "node-pg-migrate";
import { DataSource } from "typeorm";
import { pool } from "./db.ts";

const knex = createKnex({
  client: "pg",
  connection: { connectionString: process.env.DATABASE_URL, application_name: "orders-api" },
  pool: { min: 0 },
});
const source = new DataSource({ type: "postgres", url: process.env.DATABASE_URL, applicationName: "orders-api" });
const kysely = new Kysely<object>({ dialect: new PostgresDialect({ pool }) });
declare const provider: FileMigrationProvider;

export async function up() {
  await knex.migrate.latest(); // want hint "The migrations of Knex go through PgBouncer; a connection to the database itself is the safer way \(pgbouncer.ini:6 pool_mode=transaction\)"
  await source.runMigrations(); // want hint "The migrations of TypeORM go through PgBouncer"
  await migrate(drizzle(pool), { migrationsFolder: "drizzle" }); // want hint "The migrations of Drizzle"
  await new Migrator({ db: kysely, provider }).migrateToLatest(); // want warning "Kysely keeps two runs apart with an advisory lock"
  await runner({ databaseUrl: "postgres://app@localhost:6432/orders", dir: "migrations", direction: "up", migrationsTable: "m" }); // want warning "node-pg-migrate keeps"
}
