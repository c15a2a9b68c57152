import { Client } from "pg";
import { pool } from "./db.ts";
import { sql } from "./sql-db.ts";

// Only the listener needs a session.
export async function announce(id: number) {
  await pool.query("NOTIFY new_orders");
  await pool.query("SELECT pg_notify('new_orders', $1)", [String(id)]);
  await sql.notify("new_orders", String(id));
  await pool.query("UNLISTEN *");
}

// Past the pooler.
export async function watch(onOrder: (payload?: string) => void) {
  const listener = new Client({ connectionString: process.env.DIRECT_DATABASE_URL, application_name: "orders-listener" });
  listener.on("error", (error) => console.error(error.message));
  listener.on("notification", ({ payload }) => onOrder(payload));
  await listener.connect();
  await listener.query("LISTEN new_orders");
  return () => listener.end();
}
