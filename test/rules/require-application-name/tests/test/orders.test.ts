import { Pool } from "pg";
import { it } from "vitest";

const pool = new Pool({ host: "localhost", port: 6432 });

it("counts orders", async () => {
  await pool.query("select count(*) from orders");
});
