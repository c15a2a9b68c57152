import { runner } from "node-pg-migrate";

// The lock that keeps two deployments apart belongs to a session, which PgBouncer shares out.
await runner({
  databaseUrl: process.env.DATABASE_URL,
  dir: "migrations",
  direction: "up",
  migrationsTable: "migrations",
});
