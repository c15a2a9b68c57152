import { defineConfig } from "drizzle-kit";
import { runner } from "node-pg-migrate";
import { env, defineConfig as definePrisma } from "prisma/config";

export const kit = defineConfig({
  dialect: "postgresql",
  dbCredentials: { url: process.env.DATABASE_URL ?? "" }, // want hint "The migrations of drizzle-kit go through PgBouncer"
});

export const prisma = definePrisma({
  schema: "prisma/schema.prisma",
  datasource: { url: env("DATABASE_URL") }, // want warning "Prisma Migrate keeps two runs apart"
});

/** No lock, no hazard of its own. */
export const unlocked = () =>
  runner({
    databaseUrl: process.env.DATABASE_URL ?? "", // want hint "The migrations of node-pg-migrate"
    noLock: true,
    dir: "migrations",
    direction: "up",
    migrationsTable: "pgmigrations",
  });
