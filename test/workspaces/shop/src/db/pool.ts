import { Pool } from "pg";

/** The pool of the web application: named, with a listener, and its idle connections closed before PgBouncer does. */
export const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  application_name: "shop",
  max: 10,
  idleTimeoutMillis: 30_000,
});

pool.on("error", (error) => {
  console.error("an idle connection was closed", error.message);
});
