import { paymentsUrl } from "../config.js";
import { pool } from "../db/pool.js";

/** Charges the card while the order's row is locked, and a server connection with it. */
export async function payOrder(id: number, card: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const { rows } = await client.query("SELECT total FROM orders WHERE id = $1 FOR UPDATE", [id]);
    const answer = await fetch(`${paymentsUrl}/charges`, {
      method: "POST",
      body: JSON.stringify({ card, amount: rows[0].total }),
    });
    if (!answer.ok) throw new Error(`the charge was refused: ${answer.status}`);
    await client.query("UPDATE orders SET state = 'paid' WHERE id = $1", [id]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

/** Asks first and writes afterwards: no transaction waits for the network. */
export async function refundOrder(id: number, charge: string): Promise<void> {
  const answer = await fetch(`${paymentsUrl}/charges/${charge}/refund`, { method: "POST" });
  if (!answer.ok) throw new Error(`the refund was refused: ${answer.status}`);
  await pool.query("UPDATE orders SET state = 'cancelled' WHERE id = $1", [id]);
}
