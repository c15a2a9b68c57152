import { Pool } from "pg";

/** A client that has a server of its own is not closed as idle. */
export const pool = new Pool({ application_name: "orders-api", idleTimeoutMillis: 120_000 });
pool.on("error", (error) => console.error(error.message));
