import { join } from "node:path";
import { residentBytes } from "./processes.ts";
import { startServer, Typing } from "./session.ts";
import type { Setting } from "./setting.ts";
import { megabytes, type Outcome } from "./table.ts";
import { longSource, writeTree } from "./trees.ts";

/** (d) What the server holds after it has looked at a workspace, and after a thousand edits. */
export async function memory(setting: Setting): Promise<Outcome> {
  const rows: string[][] = [];
  const figures: Record<string, number> = {};
  for (const files of [1_000, 10_000, 40_000]) {
    const tree = join(setting.scratch, `memory-${files}`);
    writeTree(tree, files);
    const client = await startServer(setting, tree);
    const pid = client.process.pid as number;
    const empty = residentBytes(pid);
    await client.pullWorkspace();
    await settle();
    const scanned = residentBytes(pid);
    const text = longSource(500);
    const document = new Typing(client, join(tree, "src/long.ts"), text);
    await document.openFaulty();
    const offset = text.indexOf("const parts") + "const parts".length;
    for (let press = 0; press < 1_000; press++) await document.press("x", offset + press);
    await settle();
    const edited = residentBytes(pid);
    figures[`server ${files}`] = scanned;
    figures[`server ${files} edited`] = edited;
    rows.push([`${files} files`, megabytes(empty), megabytes(scanned), megabytes(edited)]);
    await client.stop();
  }
  const table = {
    title: "Memory of the server",
    how: "Resident, eight seconds after the last answer: the server gives memory back when nothing has happened for four.",
    columns: ["workspace", "started", "after the scan", "after 1,000 edits"],
    rows,
  };
  return { tables: [table], figures };
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 8_000));
