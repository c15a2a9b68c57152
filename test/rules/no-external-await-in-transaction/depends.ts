import { sql } from "./sql-db.ts";

/** What the request needs comes out of the transaction: there is no simple move. */
export const charge = (id: number) =>
  sql.begin(async (tx) => {
    const [order] = await tx`select * from orders where id = ${id} for update`;
    const answer = await fetch(`https://payments.internal/charge/${order!.payment}`); // want warning "waits for the network"
    if (!answer.ok) throw new Error("not charged");
    await tx`update orders set status = 'paid' where id = ${id}`;
  });

/** Whether the request is made at all is decided in the transaction. */
export const notify = (id: number) =>
  sql.begin(async (tx) => {
    const [order] = await tx`select * from orders where id = ${id} for update`;
    if (!order) return;
    await tx`update orders set notified = now() where id = ${id}`;
    await fetch("https://notify.internal/orders"); // want warning "waits for the network"
  });
