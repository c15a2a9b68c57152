import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
pool.on("error", (error) => console.error(error.message));

export const useTenant = async () => {
  await pool.query("SET search_path TO tenant_a");
  await pool.query("SET LOCAL search_path TO tenant_a");
};
