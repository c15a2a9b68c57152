import { pool } from "../db/pool.js";
import { withTransaction } from "../db/with-transaction.js";

export interface Item {
  id: number;
  title: string;
}

/** Row-level security goes by `app.brand`, which the next client of the server connection finds as it is left here. */
export async function itemsOf(brand: string): Promise<Item[]> {
  await pool.query("SELECT set_config('app.brand', $1, false)", [brand]);
  const { rows } = await pool.query<Item>("SELECT id, title FROM items");
  return rows;
}

/** The setting ends with its transaction. */
export async function pricesOf(brand: string): Promise<{ item: number; price: number }[]> {
  return withTransaction(async (client) => {
    await client.query("SELECT set_config('app.brand', $1, true)", [brand]);
    const { rows } = await client.query<{ item: number; price: number }>("SELECT item, price FROM prices");
    return rows;
  });
}
