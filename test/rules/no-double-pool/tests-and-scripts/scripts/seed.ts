import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-seed", idleTimeoutMillis: 0 });
await pool.query("insert into orders (item) values ('first')");
await pool.end();
