import { runner } from "node-pg-migrate";

export const migrate = () =>
  runner({
    databaseUrl: process.env.DIRECT_URL ?? "",
    dir: "migrations",
    direction: "up",
    migrationsTable: "pgmigrations",
  });
