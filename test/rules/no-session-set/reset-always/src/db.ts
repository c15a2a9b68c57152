import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
pool.on("error", (error) => console.error(error.message));

export const useTenant = () => pool.query("SET search_path TO tenant_a"); // want error "`SET search_path` is gone after the transaction: PgBouncer clears the server connection then \(pgbouncer.ini:7 server_reset_query_always=1\)"
