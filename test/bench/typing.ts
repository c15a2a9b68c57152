import { join } from "node:path";
import { processorTime } from "./processes.ts";
import { longPython, writePythonTree } from "./python-trees.ts";
import { startServer, Typing } from "./session.ts";
import type { Setting } from "./setting.ts";
import { ms, type Outcome, quantile } from "./table.ts";
import { longSource, writeTree } from "./trees.ts";

const lengths = [500, 2_000, 10_000];
const presses = 120;
const warmUp = 20;

/** (b) From a key to the diagnostics that answer it, over the protocol. */
export async function typing(setting: Setting): Promise<Outcome> {
  const tree = join(setting.scratch, "typing");
  writeTree(tree, 600);
  const pythonTree = join(setting.scratch, "typing-python");
  writePythonTree(pythonTree);
  const rows: string[][] = [];
  const figures: Record<string, number> = {};
  const keep = (name: string, value: number): void => {
    figures[name] = Math.max(figures[name] ?? 0, value);
  };
  const documents = [
    ...lengths.map((lines) => ({ name: `${lines} lines`, tree, path: "src/long.ts", text: longSource(lines) })),
    { name: "3000 lines of Python", tree: pythonTree, path: "long.py", text: longPython(3_000) },
  ];
  for (const { name, tree, path, text } of documents) {
    for (const [where, offset] of places(text)) {
      const client = await startServer(setting, tree);
      const document = new Typing(client, join(tree, path), text);
      await document.openFaulty();
      await client.pullWorkspace();
      const pid = client.process.pid as number;
      // The first presses compile what runs from then on.
      for (let press = 0; press < warmUp; press++) await document.press("x", offset + press);
      const before = processorTime(pid);
      const warm: number[] = [];
      for (let press = warmUp; press < presses; press++) warm.push(await document.press("x", offset + press));
      const processor = (processorTime(pid) - before) / warm.length;
      // Each goes in as one edit: others that are declared behind it must not be others for that.
      const line = text.indexOf("\n", offset) + 1;
      const pasted: [what: string, times: number[]][] = [];
      for (const [what, declaration] of declarations) {
        const times: number[] = [];
        for (let round = 0; round < rounds; round++) times.push(await document.press(declaration(path, round), line));
        pasted.push([what, times]);
      }
      await client.stop();
      const clock = [quantile(warm, 0), quantile(warm, 0.5), quantile(warm, 0.95), Math.max(...warm)];
      rows.push([name, where, ...clock.map(ms), ms(processor)]);
      keep(`${name} p50`, quantile(warm, 0.5));
      keep(`${name} p95`, quantile(warm, 0.95));
      for (const [what, times] of pasted) {
        const clock = [quantile(times, 0), quantile(times, 0.5), quantile(times, 0.95), Math.max(...times)];
        rows.push([name, `${what}, ${where}`, ...clock.map(ms), ""]);
        keep(`${name} p50, ${what}`, quantile(times, 0.5));
        keep(`${name} p95, ${what}`, quantile(times, 0.95));
      }
    }
  }
  const table = {
    title: "From a key to its diagnostics",
    how: `Over the protocol's pipe, one letter and one pull at a time, ${presses} presses of which the first ${warmUp} are not counted, in a workspace of 600 files. Half of a document is transactions; in the Python one every function has a finding. What stands under processor is the mean time that all threads of the server had for a press, garbage collection and compilation included.`,
    columns: ["document", "where", "best", "p50", "p95", "worst", "processor"],
    rows,
  };
  return { tables: [table], figures };
}

/** How often each is declared; a function has no room for as many, wherever their numbers come from. */
const rounds = 24;

type Declaration = (path: string, round: number) => string;

const declarations: readonly (readonly [what: string, Declaration])[] = [
  [
    "a new variable",
    (path, round) => (path.endsWith(".py") ? `    added${round} = ${round}\n` : `  const added${round} = ${round};\n`),
  ],
  [
    "a new function",
    (path, round) =>
      path.endsWith(".py")
        ? `    made${round} = lambda one: one + ${round}\n`
        : `  const made${round} = (one: number) => one + ${round};\n`,
  ],
];

/** Identifiers to write on, by where they stand. */
function places(text: string): readonly (readonly [string, number])[] {
  const after = (what: string, from: number): number => text.indexOf(what, from) + what.length;
  if (text.startsWith("import requests")) {
    const middle = text.indexOf("\ndef ", text.length / 2);
    return [
      ["top", after("session", text.indexOf("def "))],
      ["middle", after("total", middle)],
      ["in a transaction", after("answer", middle)],
    ];
  }
  const middle = text.indexOf("\nfunction format", text.length / 2);
  return [
    ["top", after("const client", 0)],
    ["middle", after("const parts", middle)],
    ["in a transaction", after("const item", text.indexOf('"BEGIN"', middle))],
  ];
}
