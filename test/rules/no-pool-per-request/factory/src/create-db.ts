import { Pool } from "pg";

export function createDb(name: string) {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: name });
  pool.on("error", (error) => console.error(error.message));
  return pool;
}
