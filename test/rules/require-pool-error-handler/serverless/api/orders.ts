import { Pool } from "@neondatabase/serverless";
import { createPool } from "@vercel/postgres";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-edge" });
const vercel = createPool({ connectionString: process.env.POSTGRES_URL, application_name: "orders-edge" });

export default async function handler() {
  await vercel.query("select 1");
  return Response.json((await pool.query("select * from orders")).rows);
}
