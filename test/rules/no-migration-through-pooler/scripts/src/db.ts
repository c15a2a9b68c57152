import { Pool } from "pg";

export const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
pool.on("error", (error) => console.error(error.message));
