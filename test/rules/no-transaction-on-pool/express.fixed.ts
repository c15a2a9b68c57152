import express from "express";
import { pool } from "./db.ts";

const app = express();

app.post("/orders", async (req, res, next) => {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const { rows } = await client.query("insert into orders (item) values ($1) returning id", [req.body.item]);
    for (const line of req.body.lines) {
      await client.query("insert into lines (order_id, sku) values ($1, $2)", [rows[0].id, line.sku]);
    }
    await client.query("COMMIT");
    res.status(201).json(rows[0]);
  } catch (error) {
    await client.query("ROLLBACK");
    next(error);
  } finally {
    client.release();
  }
});
