import { join } from "node:path";
import { startServer, Typing } from "./session.ts";
import type { Setting } from "./setting.ts";
import { ms, quantile, type Table } from "./table.ts";
import { longSource, writeTree } from "./trees.ts";

const lengths = [500, 2_000, 10_000];
const presses = 120;

/** (b) From a key to the diagnostics that answer it, over the protocol. */
export async function typing(setting: Setting): Promise<Table> {
  const tree = join(setting.scratch, "typing");
  writeTree(tree, 600);
  const rows: string[][] = [];
  for (const lines of lengths) {
    const text = longSource(lines);
    for (const [where, offset] of places(text)) {
      const client = await startServer(setting, tree);
      const document = new Typing(client, join(tree, "src/long.ts"), text);
      await document.openFaulty();
      await client.pullWorkspace();
      const all: number[] = [];
      for (let press = 0; press < presses; press++) all.push(await document.press("x", offset + press));
      await client.stop();
      // The first presses compile what runs from then on.
      const warm = all.slice(20);
      rows.push([`${lines} lines`, where, ms(quantile(warm, 0.5)), ms(quantile(warm, 0.95)), ms(Math.max(...warm))]);
    }
  }
  return {
    title: "From a key to its diagnostics",
    how: `Over the protocol's pipe, one letter and one pull at a time, ${presses} presses of which the first 20 are not counted, in a workspace of 600 files. Half of the document is transactions.`,
    columns: ["document", "where", "p50", "p95", "worst"],
    rows,
  };
}

/** Identifiers to write on, by where they stand. */
function places(text: string): readonly (readonly [string, number])[] {
  const after = (what: string, from: number): number => text.indexOf(what, from) + what.length;
  const middle = text.indexOf("\nfunction format", text.length / 2);
  return [
    ["top", after("const client", 0)],
    ["middle", after("const parts", middle)],
    ["in a transaction", after("const item", text.indexOf('"BEGIN"', middle))],
  ];
}
