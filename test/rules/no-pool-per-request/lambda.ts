import { Pool } from "pg";

export const handler = async (event: { id: number }) => {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-lambda" }); // want warning "opens new connections"
  pool.on("error", (error) => console.error(error.message));
  const { rows } = await pool.query("select * from orders where id = $1", [event.id]);
  return { statusCode: 200, body: JSON.stringify(rows) };
};
