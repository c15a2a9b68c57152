import { Pool } from "@neondatabase/serverless";

export const pool = new Pool({
  connectionString: "postgres://app@ep-cool-1234-pooler.eu-central-1.aws.neon.tech/orders?application_name=orders-api",
  options: "endpoint=ep-cool-1234",
  statement_timeout: 5_000, // want error "Neon's pooler refuses it"
});
pool.on("error", (error) => console.error(error.message));

export const direct = new Pool({
  connectionString: "postgres://app@ep-cool-1234.eu-central-1.aws.neon.tech/orders?application_name=orders-api",
  statement_timeout: 5_000,
});
direct.on("error", (error) => console.error(error.message));
