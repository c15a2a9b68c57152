import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { driverSpecifiers } from "../../server/src/drivers/index.ts";
import { coldCheck, eslintTyped, installPeers, oxlint, ripgrep, runtime } from "./peers.ts";
import { type Command, compare } from "./processes.ts";
import type { Setting } from "./setting.ts";
import { megabytes, ms, type Outcome, times } from "./table.ts";
import { writeTree } from "./trees.ts";

/** (a) A whole workspace, cold and warm, beside `rg -l`, oxlint and ESLint with typed rules. */
export async function cold(setting: Setting): Promise<Outcome> {
  const peers = installPeers(setting);
  const rows: string[][] = [];
  const figures: Record<string, number> = {};
  for (const { name, key, tree, typed } of trees(setting)) {
    const eslint = typed ? eslintTyped(peers, tree, setting.scratch) : undefined;
    const commands: Command[] = [
      runtime(tree),
      ripgrep(tree, names),
      oxlint(peers, tree),
      coldCheck(setting, tree),
      warmCheck(setting, tree),
    ];
    const measured = [
      ...(await compare(commands, setting.rounds)),
      // Forty seconds a run: once is enough for a ratio of fifty.
      ...(eslint === undefined ? [] : await compare([eslint], 1)),
    ];
    const floor = measured.find((one) => one.name === floorName)?.ms ?? Number.NaN;
    const peer = measured.find((one) => one.name === peerName)?.ms ?? Number.NaN;
    for (const one of measured) {
      figures[`${key} ${one.name}`] = one.ms;
      figures[`${key} ${one.name} memory`] = one.bytes;
      rows.push([
        name,
        one.name,
        ms(one.ms),
        times(one.ms / floor),
        times(one.ms / peer),
        ms(one.processor),
        megabytes(one.bytes),
      ]);
    }
  }
  const table = {
    title: "Cold and warm check of a whole workspace",
    how: `Whole processes, medians of ${setting.rounds} rounds in which each command runs in turn; the page cache is warm. What stands under processor is the time that all threads had together, which depends less than the clock on what else the machine does. Memory is the peak of the process and its children. \`warm\`: nothing changed since the last run.`,
    columns: ["tree", "command", "time", "to rg -l", "to oxlint", "processor", "memory"],
    rows,
  };
  return { tables: [table], figures };
}

const floorName = "rg -l";
const peerName = "oxlint";

/** The drivers' packages as a regular expression has them. */
const names = [
  ...new Set(driverSpecifiers.filter((one) => !one.startsWith("*")).map((one) => one.replace("/*", ""))),
].map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));

const warmCheck = (setting: Setting, tree: string): Command => ({
  ...coldCheck(setting, tree),
  name: "bouncer-safe check, warm",
  arguments: coldCheck(setting, tree).arguments.filter((word) => word !== "--no-cache"),
  environment: { XDG_CACHE_HOME: join(setting.scratch, "cache") },
});

interface Tree {
  readonly name: string;
  /** What its figures begin with. */
  readonly key: string;
  readonly tree: string;
  readonly typed: boolean;
}

function trees(setting: Setting): readonly Tree[] {
  const generated = [600, 7_000, 41_000].map((files): Tree => {
    const tree = join(setting.scratch, `generated-${files}`);
    writeTree(tree, files);
    return { name: `generated, ${files} files`, key: `${files}`, tree, typed: files === 600 };
  });
  const bare = join(setting.scratch, "no-database");
  writeTree(bare, 7_000, "without a database");
  const real = setting.trees
    .filter((tree) => existsSync(tree))
    .map((tree): Tree => ({ name: basename(tree), key: basename(tree), tree, typed: false }));
  return [
    ...generated,
    { name: "generated, 7000 files, no database", key: "no database", tree: bare, typed: false },
    ...real,
  ];
}
