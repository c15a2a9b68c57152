import { createHash } from "node:crypto";
import { sql } from "./sql-db.ts";

const rates = new Map<string, number>();

async function rateOf(currency: string) {
  return rates.get(currency) ?? 1;
}

/** External work before and after, nothing but the database inside. */
export async function pay(id: number) {
  const answer = await fetch("https://payments.internal/rate");
  const { rate } = (await answer.json()) as { rate: number };
  await sql.begin(async (tx) => {
    const hash = createHash("sha256").update(String(id)).digest("hex");
    const local = await rateOf("EUR");
    await tx`update orders set rate = ${rate * local}, hash = ${hash} where id = ${id}`;
    await Promise.all([tx`select 1`, tx`select 2`]);
  });
  await fetch("https://notify.internal/orders");
}

/** Unknown functions may well be fast. */
export const unknown = (id: number, enrich: (row: unknown) => Promise<unknown>) =>
  sql.begin(async (tx) => {
    const [row] = await tx`select * from orders where id = ${id}`;
    await enrich(row);
  });

/** Not waited for inside. */
export const later = (id: number) =>
  sql.begin(async (tx) => {
    await tx`update orders set status = 'paid' where id = ${id}`;
    setTimeout(() => console.log("paid", id), 1000);
  });

/** Outside of any transaction. */
export async function plain(id: number) {
  const rows = await sql`select * from orders where id = ${id}`;
  await fetch("https://notify.internal/orders");
  await sql`update orders set notified = now() where id = ${id}`;
  return rows;
}
