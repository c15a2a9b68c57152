import { Client, Pool } from "pg";
import postgres from "postgres";

// Set once in the database: ALTER ROLE CURRENT_USER SET TimeZone = 'UTC';
const pool = new Pool({
  application_name: "orders-api",
});
pool.on("error", (error) => console.error(error.message));

// Set once in the database: ALTER ROLE CURRENT_USER SET IntervalStyle = 'iso_8601';
export const sql = postgres({
  prepare: false,
  connection: {
    application_name: "orders-api",
  },
});

// Set once in the database: ALTER ROLE CURRENT_USER SET replication = 'database';
export const replica = new Client({
  application_name: "orders-api",
});
replica.on("error", (error) => console.error(error.message));
