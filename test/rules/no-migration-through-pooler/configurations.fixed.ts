import { defineConfig } from "drizzle-kit";
import { runner } from "node-pg-migrate";
import { env, defineConfig as definePrisma } from "prisma/config";

export const kit = defineConfig({
  dialect: "postgresql",
  dbCredentials: { url: process.env.DIRECT_URL ?? "" },
});

export const prisma = definePrisma({
  schema: "prisma/schema.prisma",
  datasource: { url: env("DIRECT_URL") },
});

/** No lock, no hazard of its own. */
export const unlocked = () =>
  runner({
    databaseUrl: process.env.DIRECT_URL ?? "",
    noLock: true,
    dir: "migrations",
    direction: "up",
    migrationsTable: "pgmigrations",
  });
