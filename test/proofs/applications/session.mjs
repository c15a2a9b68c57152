import pg from "pg";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api", max: 1 });
pool.on("error", (error) => console.error(error.message));

/** Sends a statement through a pool of one client and gives the rows back. */
export async function ask(text, values) {
  const { rows } = await pool.query(text, values);
  return rows;
}
