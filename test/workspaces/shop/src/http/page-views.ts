import { Pool } from "pg";

const pool = new Pool({
  connectionString: process.env.PAGE_VIEWS_URL,
  application_name: "shop-page-views",
  max: 2,
  idleTimeoutMillis: 30_000,
});
pool.on("error", (error) => console.error("an idle connection was closed", error.message));

/** One statement: what this entry of PgBouncer is for. */
export async function countView(page: string): Promise<void> {
  await pool.query("INSERT INTO page_views (page, day) VALUES ($1, current_date)", [page]);
}

/** Two that belong together: PgBouncer refuses the BEGIN. */
export async function sumViews(day: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("INSERT INTO views_by_day SELECT page, $1, count(*) FROM page_views WHERE day = $1 GROUP BY 1", [day]);
    await client.query("DELETE FROM page_views WHERE day = $1", [day]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
