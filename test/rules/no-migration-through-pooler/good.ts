import { runner } from "node-pg-migrate";
import { defineConfig } from "drizzle-kit";
import { env, defineConfig as definePrisma } from "prisma/config";

declare const url: string;
const options = { dir: "migrations", direction: "up", migrationsTable: "pgmigrations" } as const;

/** Past the pooler, somewhere that nobody knows, or another database. */
export const direct = () => runner({ databaseUrl: process.env.DIRECT_URL ?? "", ...options });
export const elsewhere = () => runner({ databaseUrl: url, ...options });
export const kit = defineConfig({ dialect: "sqlite", dbCredentials: { url: process.env.DATABASE_URL ?? "" } });
export const prisma = definePrisma({ schema: "prisma/schema.prisma", datasource: { url: env("DIRECT_URL") } });
