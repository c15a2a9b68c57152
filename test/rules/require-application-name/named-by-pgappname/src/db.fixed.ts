import { Pool } from "pg";

export const pool = new Pool({ application_name: "orders-api" });
pool.on("error", (error) => console.error(error.message));
