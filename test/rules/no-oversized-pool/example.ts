import { Pool } from "pg";

export const orders = new Pool({
  application_name: "orders-api",
  max: 50, // want information "50 \+ 20 = 70 connections may be opened, and PgBouncer takes 60: the next one fails with `no more connections allowed` \(pgbouncer.ini:7 max_client_conn=60\)"
});
orders.on("error", (error) => console.error(error.message));

export const reports = new Pool({
  application_name: "orders-reports",
  max: 20, // related "Up to 20 more"
});
reports.on("error", (error) => console.error(error.message));
