import { Pool } from "pg";

const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  application_name: "orders-api",
  statement_timeout: 5_000, // want warning "`statement_timeout` is sent at connect, and PgBouncer refuses it: `unsupported startup parameter: statement_timeout` \(assumes PgBouncer\)"
});
pool.on("error", (error) => console.error(error.message));
