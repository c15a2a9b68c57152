import { Pool } from "pg";

/** Refused in every mode. */
const pool = new Pool({
  application_name: "orders-api",
  maxUses: 1,
  statement_timeout: 5_000, // want error "`unsupported startup parameter: statement_timeout`"
});
pool.on("error", (error) => console.error(error.message));
