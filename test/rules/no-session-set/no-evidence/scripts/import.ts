import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
pool.on("error", (error) => console.error(error.message));

export const load = () => pool.query("SET session_replication_role = replica"); // want information "`SET session_replication_role` stays on"
