import { pool } from "../db/pool.js";
import { withTransaction } from "../db/with-transaction.js";

/** One process cleans up. The lock is taken on one server connection, and given back, perhaps, on another. */
export async function cleanUp(): Promise<void> {
  await pool.query("SELECT pg_advisory_lock(1001)");
  await pool.query("DELETE FROM carts WHERE touched_at < now() - interval '30 days'");
  await pool.query("SELECT pg_advisory_unlock(1001)");
}

/** The table stays on the server connection: the next night finds it there, or not. */
export async function importPrices(rows: readonly { item: number; price: number }[]): Promise<void> {
  await withTransaction(async (client) => {
    await client.query("CREATE TEMP TABLE incoming (item int, price numeric)");
    for (const { item, price } of rows) await client.query("INSERT INTO incoming VALUES ($1, $2)", [item, price]);
    await client.query("UPDATE prices SET price = incoming.price FROM incoming WHERE incoming.item = prices.item");
  });
}

/** A cursor that is to outlive its transaction lives on a connection that the next client is given. */
export async function openArchive(): Promise<void> {
  await withTransaction(async (client) => {
    await client.query("DECLARE archive CURSOR WITH HOLD FOR SELECT * FROM orders WHERE closed");
  });
}

/** A lock of the transaction ends with it. */
export async function rankItems(): Promise<void> {
  await withTransaction(async (client) => {
    await client.query("SELECT pg_advisory_xact_lock(1002)");
    await client.query("REFRESH MATERIALIZED VIEW item_ranks");
  });
}
