import { Router } from "express";
import { Db } from "./db";

export const router = Router();

router.get("/orders", async (_request, response) => {
  const db = new Db(); // want warning "`new Db\(\)` opens new connections"
  response.json((await db.query("select * from orders")).rows);
});
