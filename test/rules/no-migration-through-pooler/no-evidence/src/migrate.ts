import { runner } from "node-pg-migrate";

export const migrate = () =>
  runner({
    databaseUrl: process.env.DATABASE_URL ?? "",
    dir: "migrations",
    direction: "up",
    migrationsTable: "pgmigrations",
  });
