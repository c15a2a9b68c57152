import { appendFileSync, writeFileSync } from "node:fs";
import Mocha from "mocha";
import { defineFull } from "./full.ts";
import { defineNeighbour } from "./neighbour.ts";
import { definePicture } from "./picture.ts";
import { definePython } from "./python.ts";
import { defineQuiet } from "./quiet.ts";
import { defineRestricted } from "./restricted.ts";

const suites: Readonly<Record<string, () => void>> = {
  full: defineFull,
  neighbour: defineNeighbour,
  picture: definePicture,
  python: definePython,
  quiet: defineQuiet,
  restricted: defineRestricted,
};

const environment = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run test/editor/run.mjs`);
  return value;
};

/** Called by VS Code. Writes how many tests there were, how many failed and which were skipped; rejects where one failed. */
export async function run(): Promise<void> {
  const output = environment("EDITOR_MOCHA_OUTPUT");
  const write = (line: string): void => appendFileSync(output, `${line}\n`);
  const mocha = new Mocha({
    ui: "bdd",
    timeout: 30_000,
    slow: 60_000,
    reporter: "spec",
    color: false,
    grep: process.env.EDITOR_GREP || "",
  });
  // Through the window's console the lines arrive unformatted; the runner prints this file instead.
  Mocha.reporters.Base.consoleLog = (...values: unknown[]) => write(format(values));
  mocha.suite.emit("pre-require", globalThis as never, "suite", mocha);
  suites[environment("EDITOR_SUITE")]!();
  const counts = { tests: 0, failures: 0, skipped: [] as string[] };
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on("test end", () => counts.tests++);
    runner.on("fail", () => counts.failures++);
    runner.on("pending", (test) => counts.skipped.push(test.fullTitle()));
  });
  writeFileSync(environment("EDITOR_COUNTS"), JSON.stringify(counts));
  if (counts.failures > 0) throw new Error(`${counts.failures} of ${counts.tests} failed`);
}

/** `console.log` with the directives that mocha's spec reporter uses. */
function format([first, ...rest]: readonly unknown[]): string {
  const values = [...rest];
  const text = String(first ?? "").replace(/%[sd]/g, () => String(values.shift()));
  return [text, ...values.map(String)].join(" ");
}
