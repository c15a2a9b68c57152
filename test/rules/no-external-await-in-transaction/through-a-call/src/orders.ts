import postgres from "postgres";
import { charge } from "./payments.ts";

const sql = postgres(process.env.DATABASE_URL!, { prepare: false, connection: { application_name: "orders-api" } });

export const pay = (id: number) =>
  sql.begin(async (tx) => { // related "The transaction begins here"
    await tx`update orders set status = 'paid' where id = ${id}`;
    await charge(id); // related "charge"
  });
