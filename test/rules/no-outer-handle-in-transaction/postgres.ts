import { sql } from "./sql-db.ts";

export async function placeOrder(item: string) {
  await sql.begin(async (tx) => {
    await tx`insert into orders (item) values (${item})`;
    await sql`update stock set count = count - 1 where item = ${item}`; // want error "runs on a second connection"
    await sql.unsafe("select 1"); // want error "`sql.unsafe\(\)`"
    const only = sql`where item = ${item}`;
    await tx`select * from orders ${only}`;
    await tx`insert into orders ${sql([{ item }])}`;
  });
}
