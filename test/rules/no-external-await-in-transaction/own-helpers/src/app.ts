import pRetry from "p-retry";
import { atomically, Orders, orderTransaction, retry, send, withTransaction } from "./helpers.ts";

const pay = "update orders set status = 'paid' where id = $1";

export async function payOrder(id: number) {
  await withTransaction(async (client) => { // related "The transaction begins here"
    await client.query(pay, [id]);
    await fetch("https://payments.internal/charge"); // want warning "`fetch\(\)` waits for the network"
  });
}

export const payLater = (id: number) =>
  orderTransaction({
    id,
    work: async (client, order) => {
      await client.query(pay, [order]);
      await new Promise((resolve) => setTimeout(resolve, 500)); // want warning "waits for a timer"
    },
  });

export async function payQuietly(id: number) {
  await atomically(async () => {
    await send(pay, [id]);
    const receipt = fetch("https://receipts.internal"); // want warning "waits for the network"
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
  await withTransaction(async (client) => {
    await client.query(pay, [id]);
    await retry(() => fetch("https://payments.internal/charge")); // want warning "waits for the network"
  });
}

export class PaidOrders extends Orders {
  async pay(id: number) {
    await this.run(async (orders, client) => { // related "The transaction begins here"
      await client.query(pay, [id]);
      await orders.price(id);
      await orders.charge(id); // related "Calls `orders.charge\(\)`"
    });
  }
}

export async function handedOut(id: number) {
  const confirm = async () => {
    await fetch("https://mail.internal"); // want warning "waits for the network"
  };
  await withTransaction(async (client) => {
    await client.query(pay, [id]);
    await Promise.all([confirm()]);
  });
}

export async function payStubbornly(id: number) {
  await withTransaction(async (client) => {
    await client.query(pay, [id]);
    await pRetry(() => fetch("https://payments.internal/charge")); // want warning "waits for the network"
  });
}
