import type { Request, Response } from "express";
import { pool } from "../db/pool.js";

/** Keeps the client when the query fails. */
export async function exportOrders(request: Request, response: Response): Promise<void> {
  const client = await pool.connect();
  const { rows } = await client.query("SELECT * FROM orders WHERE placed_at >= $1", [request.query.from]);
  client.release();
  response.type("text/csv").send(rows.map((row) => Object.values(row).join(",")).join("\n"));
}

/** Goes on with a client that the pool has handed to somebody else by then. */
export async function exportStock(_request: Request, response: Response): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("SELECT refresh_stock()");
  } finally {
    client.release();
  }
  const { rows } = await client.query("SELECT * FROM stock_by_place");
  response.json(rows);
}
