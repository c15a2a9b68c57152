import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-lambda" });
pool.on("error", (error) => console.error(error.message));

export const handler = async (event: { id: number }) => {
  const { rows } = await pool.query("select * from orders where id = $1", [event.id]);
  return { statusCode: 200, body: JSON.stringify(rows) };
};
