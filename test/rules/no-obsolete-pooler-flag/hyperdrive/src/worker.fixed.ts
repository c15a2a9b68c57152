import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";

export const sql = postgres("postgres://app@abc.hyperdrive.local:5432/orders", {
  max: 5,
});

export const inUrl = postgres("postgres://app@abc.hyperdrive.local:5432/orders");

export const db = drizzle({ connection: { url: "postgres://app@abc.hyperdrive.local:5432/orders" } });
