import { pool } from "./db.ts";

/** Reserves stock; false where there is not enough. */
export async function reserve(sku: string, quantity: number): Promise<boolean> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const { rows } = await client.query("select quantity from stock where sku = $1 for update", [sku]);
    if (rows.length === 0 || rows[0].quantity < quantity) {
      await client.query("ROLLBACK");
      return false;
    }
    await client.query("update stock set quantity = quantity - $2 where sku = $1", [sku, quantity]);
    await client.query("COMMIT");
    return true;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

/** The query is settled only after the `finally` would have run. */
export async function lastOnes(sku: string) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN READ ONLY");
    const { rows } = await client.query("select id from orders where sku = $1", [sku]);
    if (rows.length === 0) {
      await client.query("COMMIT");
      return [];
    }
    await client.query("COMMIT");
    return await client.query("select * from lines where order_id = $1", [rows[0].id]);
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
