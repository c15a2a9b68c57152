import { pool } from "../db/pool.js";

/** Each of these statements may run on another connection. */
export async function moveStock(item: number, from: number, to: number, amount: number): Promise<void> {
  await pool.query("BEGIN");
  await pool.query("UPDATE stock SET amount = amount - $3 WHERE item = $1 AND place = $2", [item, from, amount]);
  await pool.query("UPDATE stock SET amount = amount + $3 WHERE item = $1 AND place = $2", [item, to, amount]);
  await pool.query("COMMIT");
}

/** Gives the client back in the middle of a transaction when an UPDATE fails. */
export async function countStock(item: number, place: number, amount: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("UPDATE stock SET amount = $3 WHERE item = $1 AND place = $2", [item, place, amount]);
    await client.query("INSERT INTO counts (item, place, amount) VALUES ($1, $2, $3)", [item, place, amount]);
    await client.query("COMMIT");
  } finally {
    client.release();
  }
}

/** One statement is a transaction of its own. */
export async function amountOf(item: number): Promise<number> {
  const { rows } = await pool.query<{ amount: number }>("SELECT sum(amount)::int AS amount FROM stock WHERE item = $1", [
    item,
  ]);
  return rows[0]?.amount ?? 0;
}
