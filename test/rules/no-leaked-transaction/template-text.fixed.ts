import { pool } from "./db.ts";

const isolation = "REPEATABLE READ";

export async function snapshotTotals() {
  const client = await pool.connect();
  try {
    await client.query(`BEGIN ISOLATION LEVEL ${isolation}`);
    const orders = await client.query(`
    select count(*) as orders
    from orders
  `);
    const paid = await client.query("select count(*) as paid from orders where status = 'paid'");
    await client.query(`COMMIT`);
    return { ...orders.rows[0], ...paid.rows[0] };
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
