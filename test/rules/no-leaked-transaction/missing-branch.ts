import { pool } from "./db.ts";

export async function settle(invoice: number, paid: boolean) {
  const client = await pool.connect();
  await client.query("BEGIN"); // want error "`BEGIN` has no COMMIT or ROLLBACK on one path"
  await client.query("update invoices set settled = now() where id = $1", [invoice]);
  if (paid) {
    await client.query("COMMIT");
    client.release();
  }
}
