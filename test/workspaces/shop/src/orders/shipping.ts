import { warehouseUrl } from "../config.js";
import { withTransaction } from "../db/with-transaction.js";

/** The transaction that `withTransaction` opened waits for the warehouse, two calls away. */
export async function shipOrder(id: number): Promise<void> {
  await withTransaction(async (client) => {
    await client.query("UPDATE orders SET state = 'shipped' WHERE id = $1 AND state = 'paid'", [id]);
    await announce(id);
  });
}

async function announce(id: number): Promise<void> {
  await fetch(`${warehouseUrl}/parcels`, { method: "POST", body: JSON.stringify({ order: id }) });
}
