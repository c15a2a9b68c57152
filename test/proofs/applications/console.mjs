import pg from "pg";

/** Sends a command to PgBouncer's console as the user that the application logs in as. */
export async function command(text) {
  const url = new URL(process.env.DATABASE_URL);
  url.pathname = "/pgbouncer";
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
