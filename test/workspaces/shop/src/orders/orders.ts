import { pool } from "../db/pool.js";
import { withTransaction } from "../db/with-transaction.js";

export interface Order {
  id: number;
  customer: number;
  total: number;
  state: "open" | "paid" | "shipped" | "cancelled";
}

export interface Line {
  item: number;
  amount: number;
}

/** The statement's name is known to one server connection alone: PgBouncer 1.20 does not carry it to the others. */
export async function findOrder(id: number): Promise<Order | undefined> {
  const { rows } = await pool.query<Order>({
    name: "order-by-id",
    text: "SELECT id, customer, total, state FROM orders WHERE id = $1",
    values: [id],
  });
  return rows[0];
}

export async function placeOrder(customer: number, lines: readonly Line[]): Promise<number> {
  return withTransaction(async (client) => {
    const { rows } = await client.query<{ id: number }>(
      "INSERT INTO orders (customer, state) VALUES ($1, 'open') RETURNING id",
      [customer],
    );
    const id = rows[0]!.id;
    for (const { item, amount } of lines) {
      await client.query("INSERT INTO order_lines (order_id, item, amount) VALUES ($1, $2, $3)", [id, item, amount]);
    }
    return id;
  });
}

/** Leaves early, with the transaction open, when somebody else cancelled the order first. */
export async function cancelOrder(id: number): Promise<boolean> {
  const client = await pool.connect();
  await client.query("BEGIN");
  const { rowCount } = await client.query("UPDATE orders SET state = 'cancelled' WHERE id = $1 AND state = 'open'", [id]);
  if (rowCount === 0) {
    return false;
  }
  await client.query("DELETE FROM reservations WHERE order_id = $1", [id]);
  await client.query("COMMIT");
  client.release();
  return true;
}
