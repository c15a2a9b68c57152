import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Search } from "../../../server/src/workspace/search.ts";
import { createFolder, type TemporaryFolder } from "../workspace/folder.ts";
import { buildCommandLine, type CommandLine } from "./command-line.ts";

let commandLine: CommandLine;
let folder: TemporaryFolder;
let paths: readonly string[];

beforeAll(async () => {
  commandLine = await buildCommandLine();
  folder = createFolder(
    Object.fromEntries([
      ...Array.from({ length: 1_500 }, (_, at) => [
        `${at}.ts`,
        at % 7 === 0 ? 'import { Pool } from "pg";\n' : `import { a } from "./${at + 1}";\n`,
      ]),
      ["large.ts", `import { Pool } from "pg";\n${"x".repeat(100_000)}`],
    ]),
  );
  paths = [
    ...Array.from({ length: 1_500 }, (_, at) => folder.at(`${at}.ts`)),
    folder.at("large.ts"),
    folder.at("gone.ts"),
  ];
});

afterAll(() => {
  folder.remove();
  commandLine.remove();
});

let asked = 0;
/** The other thread has its turn after every 16th file. */
const turn = () => ++asked % 16 === 0 && new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 2));

const search = async (one: Search, pause: () => Promise<boolean> | boolean) => {
  for (const path of paths) one.add(path);
  return one.finish(pause);
};

describe("a second thread", () => {
  test.each([
    ["never has its turn", () => false],
    ["does what it comes to", turn],
  ])("finds the same where it %s", async (_, pause) => {
    const alone = await search(new Search("", 1), () => false);
    expect(alone?.sources.size).toBe(1_500);
    expect(alone?.problems.map(({ kind }) => kind)).toEqual(["set aside"]);
    expect([...alone!.sources.values()].filter(({ seed }) => seed).length).toBe(215);
    const together = await search(new Search(`${commandLine.dist}/search.js`, 1), pause);
    expect([...together!.sources]).toEqual([...alone!.sources]);
    expect(together!.problems).toEqual(alone!.problems);
  });

  test.each([
    ["cannot be started", "throw new Error('no');"],
    ["ends at once", "process.exit(0);"],
    [
      "takes a batch and ends",
      `const { parentPort, workerData } = require("node:worker_threads");
       const claims = new Int32Array(workerData);
       parentPort.on("message", ({ index }) => { Atomics.store(claims, index, 1); process.exit(1); });`,
    ],
  ])("is not missed where it %s", async (_, program) => {
    const path = folder.at("thread.cjs");
    writeFileSync(path, program);
    const found = await search(new Search(path, 1), turn);
    expect([...found!.sources.keys()]).toEqual(paths.slice(0, 1_500));
  });

  test("answers for what nobody has taken", async () => {
    const claims = new Int32Array(new SharedArrayBuffer(8));
    const worker = new Worker(`${commandLine.dist}/search.js`, { workerData: claims.buffer });
    claims[0] = 1;
    worker.postMessage({ index: 0, paths: [folder.at("0.ts")] });
    worker.postMessage({ index: 1, paths: [folder.at("0.ts"), folder.at("gone.ts"), folder.at("1.ts")] });
    worker.postMessage(undefined);
    const [answer] = await once(worker, "message");
    expect(answer).toEqual({
      index: 1,
      sources: [{ imports: "\npg", seed: true }, undefined, { imports: "\n./2", seed: false }],
      problems: [],
    });
    expect([...claims]).toEqual([1, 1]);
    expect(await once(worker, "exit")).toEqual([0]);
  });

  test("ends with the work", async () => {
    let turns = 0;
    expect(await search(new Search(`${commandLine.dist}/search.js`, 1), () => ++turns > 300)).toBeUndefined();
  });
});
