import { Pool } from "pg";

const pool = new Pool({
  application_name: "orders-api",
  statement_timeout: 5_000, // want error "`statement_timeout` is sent"
  options:
});
pool.on("error", (error) => console.error(error.message));
