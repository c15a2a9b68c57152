import { pool } from "./db.ts";

export async function price(id: number, currency: string) {
  const response = await fetch(`https://rates.internal/${currency}`);
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("select 1 from orders where id = $1 for update", [id]);
    const { rate } = (await response.json()) as { rate: number };
    await client.query("update orders set price = price * $2 where id = $1", [id, rate]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
