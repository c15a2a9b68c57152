import { pool } from "../db/pool.js";

/** Prepared once, on one server connection; the others do not know it. */
export async function preparePrices(): Promise<void> {
  await pool.query("PREPARE price_of (int) AS SELECT price FROM prices WHERE item = $1");
}

export async function priceOf(item: number): Promise<number> {
  const { rows } = await pool.query<{ price: number }>(`EXECUTE price_of(${Number(item)})`);
  return rows[0]?.price ?? 0;
}

/** `currval` knows only what its own connection has drawn. */
export async function addPrice(item: number, price: number): Promise<number> {
  await pool.query("INSERT INTO prices (item, price) VALUES ($1, $2)", [item, price]);
  const { rows } = await pool.query<{ id: number }>("SELECT currval('prices_id_seq')::int AS id");
  return rows[0]!.id;
}
