import { pool } from "./db.ts";

const isolation = "REPEATABLE READ";

export async function snapshotTotals() {
  const client = await pool.connect();
  await client.query(`BEGIN ISOLATION LEVEL ${isolation}`); // want error "has no COMMIT or ROLLBACK"
  const orders = await client.query(`
    select count(*) as orders
    from orders
  `);
  const paid = await client.query("select count(*) as paid from orders where status = 'paid'");
  await client.query(`COMMIT`);
  client.release();
  return { ...orders.rows[0], ...paid.rows[0] };
}
