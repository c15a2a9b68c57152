import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { bundle } from "./bundle.ts";
import { cold } from "./cold.ts";
import { goalTable } from "./goals.ts";
import { growth } from "./growth.ts";
import { hub } from "./hub.ts";
import { memory } from "./memory.ts";
import type { Setting } from "./setting.ts";
import { start } from "./start.ts";
import { markdown, megabytes, type Outcome } from "./table.ts";
import { typing } from "./typing.ts";

const benchmarks: Readonly<Record<string, (setting: Setting) => Promise<Outcome>>> = {
  cold,
  typing,
  start,
  memory,
  hub,
  growth,
  bundle,
};

/**
 * Runs the benchmarks named in `arguments`, or all, and prints a table each; a run of all of them is written to RESULTS.md. `--tree <folder>` (as often
 * as wanted) adds a real repository to `cold`, `--rounds <n>` says how often each command runs.
 */
export async function main({
  root,
  dist,
  scratch,
  arguments: words,
}: {
  readonly root: string;
  readonly dist: string;
  readonly scratch: string;
  readonly arguments: readonly string[];
}): Promise<void> {
  const trees: string[] = [];
  const wanted: string[] = [];
  let rounds = 5;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as string;
    if (word === "--tree") trees.push(resolve(words[++index] ?? "."));
    else if (word === "--rounds") rounds = Number(words[++index]);
    else if (word in benchmarks) wanted.push(word);
    else {
      console.error(`No benchmark \`${word}\`: ${Object.keys(benchmarks).join(", ")}, --tree <folder>, --rounds <n>`);
      process.exitCode = 2;
      return;
    }
  }
  const setting: Setting = { root, dist, scratch, trees, rounds };
  const texts: string[] = [];
  const figures: Record<string, number> = {};
  for (const [name, run] of Object.entries(benchmarks)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const outcome = await run(setting);
    Object.assign(figures, outcome.figures);
    const text = outcome.tables.map(markdown).join("\n");
    console.log(text);
    texts.push(text);
  }
  const summary = markdown(goalTable(figures));
  console.log(summary);
  if (wanted.length === 0)
    writeFileSync(join(root, "test/bench/RESULTS.md"), [heading(root), summary, ...texts].join("\n"));
}

const heading = (root: string): string => {
  const version = (path: string): string => JSON.parse(readFileSync(join(root, path), "utf8")).version;
  const peer = (name: string): string => `${name} ${version(`test/bench/peers/node_modules/${name}/package.json`)}`;
  const peers = ["oxlint", "eslint", "@typescript-eslint/parser", "typescript"].map(peer).join(", ");
  return `# What it costs

Written by \`npm run bench\`. ${cpus().length} cores, ${megabytes(totalmem())}, node ${process.versions.node}; bouncer-safe ${version("package.json")}; ${peers}.
Compare within one table only. Other programs ran meanwhile: the load of the last minutes was ${loadavg()
    .map((one) => one.toFixed(1))
    .join(", ")}.
`;
};
