import { orm } from "./mikro-db.ts";
import { pool } from "./db.ts";

class Order {
  item!: string;
}

export async function placeOrder(item: string) {
  const em = orm.em.fork();
  await em.transactional(async (inner) => {
    await inner.insert(Order, { item });
    // Its outer manager finds the transaction.
    await em.insert(Order, { item });
    const apart = em.fork();
    await inner.insert(Order, { item });
    await pool.query("select 1");
  });
}

export async function byHand(item: string) {
  const em = orm.em.fork();
  await em.begin();
  try {
    await em.insert(Order, { item });
    await em.commit();
  } catch (error) {
    await em.rollback();
    throw error;
  }
}
