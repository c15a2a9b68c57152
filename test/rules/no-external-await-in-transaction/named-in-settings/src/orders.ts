import postgres from "postgres";
import { lookupRate, renderInvoice } from "@acme/billing";

const sql = postgres(process.env.DATABASE_URL!, { prepare: false, connection: { application_name: "orders-api" } });

export const bill = (id: number) =>
  sql.begin(async (tx) => {
    const rate = await lookupRate("EUR");
    await tx`update orders set rate = ${rate} where id = ${id}`;
    await renderInvoice(id); // want warning "renderInvoice"
  });
