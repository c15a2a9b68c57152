import { pool } from "./db.ts";

const steps: Record<string, () => Promise<void>> = {
  async pay() {
    await fetch("https://payments.example");
  },
};

export async function run(name: string) {
  await steps[name]();
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
