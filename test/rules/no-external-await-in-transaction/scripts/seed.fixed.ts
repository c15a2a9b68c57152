import { readFile } from "node:fs/promises";
import postgres from "postgres";

const sql = postgres(process.env.DATABASE_URL!, { prepare: false, idle_timeout: 20 });

const items = JSON.parse(await readFile("items.json", "utf8"));
await sql.begin(async (tx) => {
  await tx`insert into items ${tx(items)}`;
});
await sql.end();
