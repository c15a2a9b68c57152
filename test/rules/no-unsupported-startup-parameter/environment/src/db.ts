import { Pool } from "pg";
import postgres from "postgres";

const pool = new Pool({ connectionString: process.env.DATABASE_URL }); // want error "`PGOPTIONS` sends `statement_timeout` at connect"
pool.on("error", (error) => console.error(error.message));

/** postgres.js reads no PGOPTIONS, and every parameter of the URL. */
export const sql = postgres(process.env.DATABASE_URL ?? "", { prepare: false }); // want error "The URL sends `schema` and `connection_limit` at connect"
