import { pool } from "./db.ts";

const steps: Record<string, () => Promise<void>> = {
  async pay() {
    await fetch("https://payments.example"); // want "`fetch\(\)` waits for the network"
  },
};

export async function run(name: string) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN"); // related "The transaction begins here."
    await steps[name](); // related "Calls `steps\[…\]\(\)`\."
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
