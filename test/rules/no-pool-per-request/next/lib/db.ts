import { Pool } from "pg";

declare global {
  var pool: Pool | undefined;
}

function open() {
  const created = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-web" });
  created.on("error", (error) => console.error(error.message));
  return created;
}

export const pool = (globalThis.pool ??= open());
