import { join } from "node:path";
import { processorTime } from "./processes.ts";
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
  const processor: { readonly initialize: number[]; readonly first: number[] } = { initialize: [], first: [] };
  for (let round = 0; round <= setting.rounds * 2; round++) {
    const begun = performance.now();
    const client = await startServer(setting, tree);
    const initialized = performance.now() - begun;
    const pid = client.process.pid as number;
    const atFirst = processorTime(pid);
    await new Typing(client, join(tree, "src/opened.ts"), longSource(200)).openFaulty();
    const diagnosed = performance.now() - begun;
    const atLast = processorTime(pid);
    await client.stop();
    if (round === 0) continue;
    initialize.push(initialized);
    first.push(diagnosed);
    processor.initialize.push(atFirst);
    processor.first.push(atLast);
  }
  return {
    title: "Start",
    how: `From the start of the process, medians of ${initialize.length}. The document has 200 lines and stands in a workspace of 600 files.`,
    columns: ["what", "best", "median", "worst", "processor"],
    rows: [
      row("answer to `initialize`", initialize, processor.initialize),
      row("first diagnostics", first, processor.first),
    ],
  };
}

const row = (what: string, all: readonly number[], processor: readonly number[]): string[] => [
  what,
  ...[Math.min(...all), median(all), Math.max(...all), median(processor)].map(ms),
];
