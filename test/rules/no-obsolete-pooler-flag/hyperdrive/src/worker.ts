import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";

export const sql = postgres("postgres://app@abc.hyperdrive.local:5432/orders", {
  max: 5,
  prepare: false, // want information "`prepare: false` switches the prepared statements of postgres.js off, and Hyperdrive keeps them here"
});

export const inUrl = postgres("postgres://app@abc.hyperdrive.local:5432/orders?prepare=false"); // want information "`prepare=false` switches"

export const db = drizzle({ connection: { url: "postgres://app@abc.hyperdrive.local:5432/orders", prepare: false } }); // want information "`prepare: false` switches"
