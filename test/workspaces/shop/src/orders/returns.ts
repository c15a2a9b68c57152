import { pool } from "../db/pool.js";
import { withTransaction } from "../db/with-transaction.js";
import type { Line } from "./orders.js";

/** The refund is written by another connection: it stays when the return is rolled back. */
export async function takeBack(id: number, reason: string): Promise<void> {
  await withTransaction(async (client) => {
    await client.query("INSERT INTO returns (order_id, reason) VALUES ($1, $2)", [id, reason]);
    await pool.query("INSERT INTO refunds (order_id, amount) SELECT id, total FROM orders WHERE id = $1", [id]);
    await client.query("UPDATE orders SET state = 'cancelled' WHERE id = $1", [id]);
  });
}

/** All at once on one connection: when one fails, the others go on, and meet a transaction that has ended. */
export async function restock(lines: readonly Line[], place: number): Promise<void> {
  await withTransaction(async (client) => {
    await Promise.all(
      lines.map(({ item, amount }) =>
        client.query("UPDATE stock SET amount = amount + $3 WHERE item = $1 AND place = $2", [item, place, amount]),
      ),
    );
  });
}

/** Nobody waits for the note: it may reach the connection after COMMIT, or when it serves somebody else. */
export async function refuse(id: number, note: string): Promise<void> {
  await withTransaction(async (client) => {
    await client.query("UPDATE returns SET refused = true WHERE order_id = $1", [id]);
    client.query("INSERT INTO return_notes (order_id, note) VALUES ($1, $2)", [id, note]);
  });
}

/** One after another, on the transaction's own connection. */
export async function closeReturn(id: number): Promise<void> {
  await withTransaction(async (client) => {
    await client.query("UPDATE returns SET closed = true WHERE order_id = $1", [id]);
    await client.query("DELETE FROM return_notes WHERE order_id = $1", [id]);
  });
}
