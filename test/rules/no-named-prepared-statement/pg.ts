import { Client, Query, type QueryConfig } from "pg";
import { pool } from "./db.ts";

export async function item(id: number) {
  const { rows } = await pool.query({ name: "get-item", text: "select item from orders where id = $1", values: [id] }); // want error "The statement `get-item` exists on one server connection alone: PgBouncer sends the next run to another, where it does not exist, or exists already for somebody else \(pgbouncer.ini:7 max_prepared_statements=0\)"
  return rows[0];
}

const byCustomer: QueryConfig = {
  name: "by-customer", // want error "`by-customer`"
  text: "select item from orders where customer = $1",
};

export const itemsOf = (customer: string) => pool.query({ ...byCustomer, values: [customer] });

export async function held(id: number) {
  const client = await pool.connect();
  try {
    const config = { name: `order-${id % 4}`, text: "select 1", values: [] }; // want error "The named statement exists"
    return await client.query(config);
  } finally {
    client.release();
  }
}

const named = (name: string, text: string) => pool.query({ name, text }); // want error "The named statement"

export const report = () => Promise.all([named("open", "select 1"), named("closed", "select 2")]);

const client = new Client({ application_name: "orders-api" });
client.on("error", (error) => console.error(error.message));
export const submitted = () => client.query(new Query({ name: "submitted", text: "select 1" })); // want error "`submitted`"

/** The same name for another text. */
export const price = (id: number) => pool.query({ name: "get-item", text: "select price from orders where id = $1", values: [id] }); // want error "`get-item`" related "`get-item` is another text here: whoever meets the other one gets its rows"
