import { join } from "node:path";
import { startServer, Typing } from "./session.ts";
import type { Setting } from "./setting.ts";
import { median, ms, type Table } from "./table.ts";
import { longSource, writeTree } from "./trees.ts";

/** (c) From the start of the server to its answer to `initialize`, and to the first diagnostics of a document. */
export async function start(setting: Setting): Promise<Table> {
  const tree = join(setting.scratch, "start");
  writeTree(tree, 600);
  const initialize: number[] = [];
  const first: number[] = [];
  for (let round = 0; round <= setting.rounds * 2; round++) {
    const begun = performance.now();
    const client = await startServer(setting, tree);
    const initialized = performance.now() - begun;
    await new Typing(client, join(tree, "src/opened.ts"), longSource(200)).openFaulty();
    const diagnosed = performance.now() - begun;
    await client.stop();
    if (round === 0) continue;
    initialize.push(initialized);
    first.push(diagnosed);
  }
  return {
    title: "Start",
    how: `From the start of the process, medians of ${initialize.length}. The document has 200 lines and stands in a workspace of 600 files.`,
    columns: ["what", "median", "worst"],
    rows: [
      ["answer to `initialize`", ms(median(initialize)), ms(Math.max(...initialize))],
      ["first diagnostics", ms(median(first)), ms(Math.max(...first))],
    ],
  };
}
