import { Pool } from "pg";

/** One pool a serverless file is how it is done. */
const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-lambda", max: 1 });
pool.on("error", (error) => console.error(error.message));

export const handler = async (event: { id: number }) => {
  const { rows } = await pool.query("select * from orders where id = $1", [event.id]);
  return { statusCode: 200, body: JSON.stringify(rows) };
};
