import { Pool } from "pg";

/** Refused in every mode. */
// Set once in the database: ALTER ROLE CURRENT_USER SET statement_timeout = '5000ms';
const pool = new Pool({
  application_name: "orders-api",
  maxUses: 1,
});
pool.on("error", (error) => console.error(error.message));
