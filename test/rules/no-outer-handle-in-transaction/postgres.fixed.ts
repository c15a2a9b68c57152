import { sql } from "./sql-db.ts";

export async function placeOrder(item: string) {
  await sql.begin(async (tx) => {
    await tx`insert into orders (item) values (${item})`;
    await tx`update stock set count = count - 1 where item = ${item}`;
    await tx.unsafe("select 1");
    const only = sql`where item = ${item}`;
    await tx`select * from orders ${only}`;
    await tx`insert into orders ${sql([{ item }])}`;
  });
}
