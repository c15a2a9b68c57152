import { Client, Query, type QueryConfig } from "pg";
import { pool } from "./db.ts";

export async function item(id: number) {
  const { rows } = await pool.query({ text: "select item from orders where id = $1", values: [id] });
  return rows[0];
}

const byCustomer: QueryConfig = {
  text: "select item from orders where customer = $1",
};

export const itemsOf = (customer: string) => pool.query({ ...byCustomer, values: [customer] });

export async function held(id: number) {
  const client = await pool.connect();
  try {
    const config = { text: "select 1", values: [] };
    return await client.query(config);
  } finally {
    client.release();
  }
}

const named = (name: string, text: string) => pool.query({ text });

export const report = () => Promise.all([named("open", "select 1"), named("closed", "select 2")]);

const client = new Client({ application_name: "orders-api" });
client.on("error", (error) => console.error(error.message));
export const submitted = () => client.query(new Query({ text: "select 1" }));

/** The same name for another text. */
export const price = (id: number) => pool.query({ text: "select price from orders where id = $1", values: [id] });
