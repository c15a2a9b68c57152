import { Pool } from "pg";

export const byDefault = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
byDefault.on("error", (error) => console.error(error.message));

export const unlimited = new Pool({
  connectionString: process.env.DATABASE_URL,
  application_name: "orders-api",
  idleTimeoutMillis: 0, // want hint "`idleTimeoutMillis: 0` keeps idle connections for ever, a `client_idle_timeout` of PgBouncer would close them" want no-double-pool information "`idleTimeoutMillis: 0`"
});
unlimited.on("error", (error) => console.error(error.message));
