import { sql } from "./sql-db.ts";

export const pay = (id: number) =>
  sql.begin(async (tx) => {
    await tx`update orders set status = 'paid' where id = ${id}`;
    await fetch("https://payments.internal/charge"); // want warning "waits for the network"
    const x =
  });
