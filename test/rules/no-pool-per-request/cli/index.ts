#!/usr/bin/env node
import { Pool } from "pg";

async function main() {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-cli" });
  pool.on("error", (error) => console.error(error.message));
  const { rows } = await pool.query("select count(*) from orders");
  console.log(rows[0].count);
  process.exit(0);
}

main();
