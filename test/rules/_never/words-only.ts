/** No database handle here, whatever the words say. */
export const statements = { begin: "BEGIN", commit: "COMMIT", pool: "pool.query('BEGIN')" };

export class Pool {
  async connect() {
    return { query: async (text: string) => text, release() {} };
  }
}

export async function swim() {
  const pool = new Pool();
  const client = await pool.connect();
  await client.query("BEGIN");
  await fetch("https://example.org");
}
