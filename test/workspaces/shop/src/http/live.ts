import type { Request, Response } from "express";
import { Client } from "pg";

/** Tells the kitchen's screens of paid orders. Through PgBouncer the notifications never arrive. */
export async function liveOrders(request: Request, response: Response): Promise<void> {
  const listener = new Client({ connectionString: process.env.DATABASE_URL, application_name: "shop-live" });
  listener.on("error", () => response.end());
  listener.on("notification", ({ payload }) => response.write(`data: ${payload}\n\n`));
  request.on("close", () => listener.end());
  await listener.connect();
  await listener.query("LISTEN order_paid");
  response.type("text/event-stream").flushHeaders();
}

/** Past PgBouncer: here they arrive. */
export async function liveStock(request: Request, response: Response): Promise<void> {
  const listener = new Client({ connectionString: process.env.DIRECT_URL, application_name: "shop-live" });
  listener.on("error", () => response.end());
  listener.on("notification", ({ payload }) => response.write(`data: ${payload}\n\n`));
  request.on("close", () => listener.end());
  await listener.connect();
  await listener.query("LISTEN stock_changed");
  response.type("text/event-stream").flushHeaders();
}
