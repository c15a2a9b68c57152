import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startServer, Typing } from "./session.ts";
import type { Setting } from "./setting.ts";
import { ms, type Outcome, quantile } from "./table.ts";
import { hubImporters, hub as hubText, writeTree } from "./trees.ts";

/** (e) An edit in a `db.ts` that many files import. */
export async function hub(setting: Setting): Promise<Outcome> {
  const tree = join(setting.scratch, "hub");
  writeTree(tree, 600);
  mkdirSync(join(tree, "src/orders"), { recursive: true });
  for (let index = 0; index < hubImporters; index++)
    writeFileSync(join(tree, `src/orders/order${index}.ts`), importer(index));
  const client = await startServer(setting, tree);
  const document = new Typing(client, join(tree, "src/db.ts"));
  await document.open();
  await client.pullWorkspace();
  const letters: number[] = [];
  const shapes: number[] = [];
  const inside = hubText(0).indexOf("error.message") + "error".length;
  for (let press = 0; press < 60; press++) letters.push(await document.press("x", inside));
  for (let round = 0; round < 30; round++) shapes.push(await document.replace(hubText(round)));
  await client.stop();
  const row = (what: string, all: readonly number[]): string[] => [
    what,
    ms(quantile(all.slice(10), 0.5)),
    ms(quantile(all.slice(10), 0.95)),
  ];
  const table = {
    title: `An edit in a \`db.ts\` that ${hubImporters} files import`,
    how: "From the edit to the diagnostics of that file, over the protocol.",
    columns: ["edit", "p50", "p95"],
    rows: [row("a letter in the pool's listener", letters), row("the whole file, with another comment", shapes)],
  };
  return { tables: [table], figures: { hub: quantile(letters.slice(10), 0.95) } };
}

const importer = (index: number): string => `import { pool, withTransaction } from "../db.js";

export const order${index} = (id: number) =>
  withTransaction(async (client) => {
    await client.query("update orders set seen = true where id = $1", [id]);
    return client.query("select * from orders where id = $1", [id]);
  });

export const count${index} = async () => (await pool.query("select count(*) from orders")).rows;
`;
