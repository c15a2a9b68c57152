import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
pool.on("error", (error) => console.error(error.message));

export async function whoAmI() {
  const { rows } = await pool.query("select current_setting('application_name') as name");
  return rows[0].name;
}
