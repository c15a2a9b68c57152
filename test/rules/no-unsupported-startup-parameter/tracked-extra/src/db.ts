import { Client } from "pg";
import postgres from "postgres";

export const sql = postgres({
  connection: {
    application_name: "orders-api",
    IntervalStyle: "iso_8601",
    default_transaction_read_only: true,
    search_path: "tenant_a",
    statement_timeout: 5_000, // want warning "`statement_timeout` is sent at connect, and PgBouncer drops it without a word: PostgreSQL never learns of it \(pgbouncer.ini:7 track_extra_parameters=" 
  },
});

export const replica = new Client({ application_name: "orders-api", replication: "database" });
replica.on("error", (error) => console.error(error.message));
