import postgres from "postgres";
import { writeFile } from "node:fs/promises";

const sql = postgres(process.env.DATABASE_URL!, { prepare: false, connection: { application_name: "orders-api" } });

export const pay = (id: number) =>
  sql.begin(async (tx) => {
    await tx`update orders set status = 'paid' where id = ${id}`;
    await fetch("https://payments.internal/charge"); // want error "that others need \(pgbouncer.ini:6 pool_mode=transaction\)"
  });

export const dump = (id: number) =>
  sql.begin(async (tx) => {
    const rows = await tx`select * from orders where id = ${id}`;
    await writeFile("order.json", JSON.stringify(rows)); // want warning "waits for the file system"
  });
