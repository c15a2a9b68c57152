import { Pool } from "pg";

export const pool = new Pool({ connectionString: process.env.DATABASE_URL }); // want hint "`new Pool\(\)` sets no `application_name`: behind PgBouncer"
pool.on("error", (error) => console.error(error.message));
