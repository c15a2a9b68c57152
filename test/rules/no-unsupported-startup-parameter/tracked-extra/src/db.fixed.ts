import { Client } from "pg";
import postgres from "postgres";

// Set once in the database: ALTER ROLE CURRENT_USER SET statement_timeout = '5000';
export const sql = postgres({
  connection: {
    application_name: "orders-api",
    IntervalStyle: "iso_8601",
    default_transaction_read_only: true,
    search_path: "tenant_a",
  },
});

export const replica = new Client({ application_name: "orders-api", replication: "database" });
replica.on("error", (error) => console.error(error.message));
