import Cursor from "pg-cursor";
import { pool } from "./db.ts";
import { sql } from "./sql-db.ts";

export async function hold() {
  await pool.query("DECLARE report SCROLL CURSOR WITH HOLD FOR SELECT * FROM orders"); // want error "`DECLARE report CURSOR WITH HOLD` stays on"
}

// Safe: the server connection stays until they are read or closed.
export async function portions() {
  const client = await pool.connect();
  try {
    const cursor = client.query(new Cursor("SELECT * FROM orders"));
    await cursor.read(100);
    await cursor.close();
  } finally {
    client.release();
  }
  await sql`SELECT * FROM orders`.cursor(100, console.log);
  await sql.begin(async (tx) => {
    await tx`DECLARE report CURSOR FOR SELECT * FROM orders`;
    await tx`DECLARE other NO SCROLL CURSOR WITHOUT HOLD FOR SELECT * FROM orders`;
    return await tx`FETCH 100 FROM report`;
  });
}
