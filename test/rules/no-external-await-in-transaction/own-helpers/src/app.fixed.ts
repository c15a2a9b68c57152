import pRetry from "p-retry";
import { atomically, Orders, orderTransaction, retry, send, withTransaction } from "./helpers.ts";

const pay = "update orders set status = 'paid' where id = $1";

export async function payOrder(id: number) {
  await fetch("https://payments.internal/charge");
  await withTransaction(async (client) => {
    await client.query(pay, [id]);
  });
}

export const payLater = (id: number) =>
  orderTransaction({
    id,
    work: async (client, order) => {
      await client.query(pay, [order]);
      await new Promise((resolve) => setTimeout(resolve, 500));
    },
  });

export async function payQuietly(id: number) {
  await atomically(async () => {
    await send(pay, [id]);
    const receipt = fetch("https://receipts.internal");
    await send("insert into receipts (order_id) values ($1)", [id]);
    await receipt;
  });
}

/** What `retry` is given elsewhere is no business of this transaction. */
export async function payAgain(id: number) {
  await retry(() => fetch("https://health.internal"));
  await withTransaction(async (client) => {
    await retry(() => client.query(pay, [id]));
  });
}

export async function payTwice(id: number) {
  await retry(() => fetch("https://payments.internal/charge"));
  await withTransaction(async (client) => {
    await client.query(pay, [id]);
  });
}

export class PaidOrders extends Orders {
  async pay(id: number) {
    await this.run(async (orders, client) => {
      await client.query(pay, [id]);
      await orders.price(id);
      await orders.charge(id);
    });
  }
}

export async function handedOut(id: number) {
  const confirm = async () => {
    await fetch("https://mail.internal");
  };
  await Promise.all([confirm()]);
  await withTransaction(async (client) => {
    await client.query(pay, [id]);
  });
}

export async function payStubbornly(id: number) {
  await pRetry(() => fetch("https://payments.internal/charge"));
  await withTransaction(async (client) => {
    await client.query(pay, [id]);
  });
}
