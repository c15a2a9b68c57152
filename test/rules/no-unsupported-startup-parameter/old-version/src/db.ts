import { Client, Pool } from "pg";
import postgres from "postgres";

const pool = new Pool({
  application_name: "orders-api",
  options: "-c TimeZone=UTC", // want error "`options` sends `TimeZone` at connect, and PgBouncer refuses it: `unsupported startup parameter: options`"
});
pool.on("error", (error) => console.error(error.message));

export const sql = postgres({
  prepare: false,
  connection: {
    application_name: "orders-api",
    IntervalStyle: "iso_8601", // want error "`unsupported startup parameter: IntervalStyle`"
  },
});

export const replica = new Client({
  application_name: "orders-api",
  replication: "database", // want error "`unsupported startup parameter: replication`"
});
replica.on("error", (error) => console.error(error.message));
