import postgres from "postgres";

/** Hyperdrive keeps them, and caches what they return. */
export const sql = postgres("postgres://app@abc.hyperdrive.local:5432/orders");
