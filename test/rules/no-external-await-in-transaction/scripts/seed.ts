import { readFile } from "node:fs/promises";
import postgres from "postgres";

const sql = postgres(process.env.DATABASE_URL!, { prepare: false, idle_timeout: 20 });

await sql.begin(async (tx) => {
  const items = JSON.parse(await readFile("items.json", "utf8")); // want information "waits for the file system"
  await tx`insert into items ${tx(items)}`;
});
await sql.end();
