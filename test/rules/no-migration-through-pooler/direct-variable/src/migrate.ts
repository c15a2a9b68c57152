import { runner } from "node-pg-migrate";

export const migrate = () =>
  runner({
    databaseUrl: process.env.DATABASE_URL ?? "", // want warning "node-pg-migrate keeps two runs apart with an advisory lock of its session, and through PgBouncer the lock stays behind on a server connection: two runs at once, or none any more \(pgbouncer.ini:6 pool_mode=transaction\)"
    dir: "migrations",
    direction: "up",
    migrationsTable: "pgmigrations",
  });
