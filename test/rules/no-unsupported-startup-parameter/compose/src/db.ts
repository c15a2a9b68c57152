import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL }); // want error "`PGOPTIONS` sends `statement_timeout` at connect, and PgBouncer refuses it: `unsupported startup parameter: options`"
pool.on("error", (error) => console.error(error.message));
