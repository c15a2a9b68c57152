import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
pool.on("error", (error) => console.error(error.message));

export const useTenant = () => pool.query("SET search_path TO tenant_a"); // want warning "`SET search_path` stays on .* \(assumes transaction pooling\)"
