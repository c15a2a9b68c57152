import { defu } from "defu";
import { drizzle } from "drizzle-orm/postgres-js";
import { drizzle as drizzleOverHttp } from "drizzle-orm/neon-http";
import { integer, pgTable } from "drizzle-orm/pg-core";
import postgres from "postgres";
import { pool } from "./db.ts";

declare const isPooler: boolean;
declare const cached: boolean;
declare const defaults: postgres.Options<{}>;
const url = process.env.DATABASE_URL ?? "";

export const off = postgres(url, { prepare: false });
export const oldSwitch = postgres(url, { no_prepare: true });
export const inUrl = postgres("postgres://app@localhost:6432/orders?prepare=false");
/** Somebody thought of it. */
export const guarded = postgres(url, { prepare: !isPooler });
export const byVariable = postgres(url, { prepare: process.env.POOLED !== "true" });
export const spread = postgres(url, { max: 5, ...(isPooler ? { prepare: false } : {}) });
export const and = postgres(url, { max: 5, ...(isPooler && { prepare: false }) });

/** Follows the switch of its client. */
const orders = pgTable("orders", { id: integer("id") });
export const all = drizzle(off).select().from(orders).prepare("all");
export const once = off.unsafe("select 1", [], { prepare: true });

/** One connection a request. */
export const overHttp = drizzleOverHttp(url).select().from(orders).prepare("all");

/** Without a name, or perhaps without. */
export const unnamed = () => pool.query({ text: "select 1", values: [] });
export const empty = () => pool.query({ name: undefined, text: "select 1" });
export const maybe = () => pool.query({ name: cached ? "maybe" : undefined, text: "select 1" });

/** What is put together may say so, and a connection that replicates has a server of its own. */
export const merged = postgres(defu({ max: 1 }, defaults));
export const replicating = postgres(defu({ max: 1, connection: { replication: "database" } }, {}));
