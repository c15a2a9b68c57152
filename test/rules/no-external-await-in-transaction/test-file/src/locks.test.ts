import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { it } from "vitest";

const sql = postgres(process.env.TEST_DATABASE_URL!, { prepare: false });

it("waits for the lock", async () => {
  await sql.begin(async (tx) => {
    await tx`select * from orders for update`;
    await delay(100);
  });
});
