import { Client } from "pg";

export async function watchOrders(onOrder: (payload?: string) => void) {
  const listener = new Client({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
  listener.on("error", (error) => console.error(error.message));
  listener.on("notification", ({ payload }) => onOrder(payload));
  await listener.connect();
  await listener.query("LISTEN new_orders"); // want error "`LISTEN new_orders` hears nothing here: .* \(pgbouncer.ini:6 pool_mode=transaction\)"
  return () => listener.end();
}
