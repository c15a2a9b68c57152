import express from "express";
import { pool } from "./db.ts";

const app = express();

app.post("/orders", async (req, res, next) => {
  try {
    await pool.query("BEGIN"); // want error "`BEGIN` goes through `pool.query`"
    const { rows } = await pool.query("insert into orders (item) values ($1) returning id", [req.body.item]);
    for (const line of req.body.lines) {
      await pool.query("insert into lines (order_id, sku) values ($1, $2)", [rows[0].id, line.sku]);
    }
    await pool.query("COMMIT");
    res.status(201).json(rows[0]);
  } catch (error) {
    await pool.query("ROLLBACK");
    next(error);
  }
});
