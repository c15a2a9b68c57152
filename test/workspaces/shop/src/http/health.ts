import type { Request, Response } from "express";
import { Pool } from "pg";

/** A pool for each request, never ended: every look at the health page costs a connection. */
export async function health(_request: Request, response: Response): Promise<void> {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "shop-health", max: 1 });
  pool.on("error", () => {});
  const { rows } = await pool.query("SELECT now() AS time");
  response.json({ ok: true, time: rows[0].time });
}
