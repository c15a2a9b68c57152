// `npm test`: everything that proves the project, in one run, installing what is missing. `npm test -- unit proofs` runs those
// stages alone. The last line says how many tests passed, failed and were skipped; each that was skipped is named before it.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureInstalled, environment, root } from "./installed.mjs";
import { ensureSystemPackages } from "./system-packages.mjs";

const node = process.execPath;
const temporary = mkdtempSync(join(tmpdir(), "bouncer-safe-test-"));
const editorRuns = join(root, "test/editor/.run");
/** Programs that write into a pipe cannot tell whether a person reads it. */
const color = process.stdout.isTTY ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" };

/** A stage without `tally` is one test: that its program ends well. */
const stages = [
  { name: "typecheck", run: () => run(program("typescript", "tsc"), "--noEmit", "-p", "tsconfig.json") },
  { name: "lint", run: () => run(program("@biomejs/biome", "biome"), "check", ".") },
  { name: "generated", run: () => run("scripts/generate.mjs", "--check") },
  { name: "build", run: () => run("scripts/build.mjs") },
  ...["unit", "protocol", "corpus", "conformance", "proofs", "package"].map((project) => ({
    name: project,
    run: () =>
      run(
        program("vitest", "vitest"),
        "run",
        "--project",
        project,
        "--reporter=default",
        "--reporter=./scripts/tally.mjs",
      ),
    tally: readTally,
  })),
  { name: "editor", run: () => run("test/editor/run.mjs"), tally: readEditorCounts },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !stages.some((stage) => stage.name === name));
if (unknown.length) {
  console.error(`${unknown.join(", ")}: no such stage; there are ${stages.map(({ name }) => name).join(", ")}`);
  process.exit(2);
}
const chosen = stages.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
let result;
try {
  ensureInstalled();
  const needsPrograms = chosen.some(({ name }) => name === "proofs" || name === "editor");
  const absent = needsPrograms ? ensureSystemPackages() : [];
  result = await perform(chosen, absent);
} catch (error) {
  console.error(`npm test: ${error.stack}`);
  result = { passed: 0, failed: 1, skipped: [] };
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
for (const { name, reason } of result.skipped) console.log(`skipped: ${name}: ${reason}`);
console.log(`${result.passed} passed, ${result.failed} failed, ${result.skipped.length} skipped`);
process.exitCode = result.failed > 0 ? 1 : 0;

/** Runs the stages one after another: servers, browsers and compilers side by side would only slow each other down. */
async function perform(chosen, absent) {
  const total = {
    passed: 0,
    failed: 0,
    skipped: absent.map(({ name, reason }) => ({ name: `system package ${name}`, reason })),
  };
  const lines = [];
  for (const { name, run, tally } of chosen) {
    console.log(`\n── ${name} ${"─".repeat(Math.max(0, 70 - name.length))}`);
    const begun = performance.now();
    const ended = await run();
    const { passed, failed, skipped } = tally?.(ended) ?? { passed: 0, failed: 0, skipped: [] };
    // A program that ends badly has failed, whatever its tests say; one that ends well without a word of tests counts itself.
    const own = passed + failed + skipped.length === 0 ? 1 : 0;
    const failures = ended.code === 0 ? failed : Math.max(failed, 1);
    total.passed += passed + (ended.code === 0 ? own : 0);
    total.failed += failures;
    total.skipped.push(...skipped.map((one) => ({ ...one, name: `${name}: ${one.name}` })));
    const seconds = Math.round((performance.now() - begun) / 1000);
    lines.push(
      `${failures ? "failed" : "ok    "}  ${name.padEnd(12)} ${String(passed + own * (failures ? 0 : 1)).padStart(5)} passed  ${String(seconds).padStart(4)} s`,
    );
  }
  console.log(`\n${lines.join("\n")}\n`);
  return total;
}

/** Runs a node program in the project's folder; resolves with its exit code and all that it printed. */
function run(script, ...args) {
  const tallyFile = join(temporary, "tally.json");
  rmSync(tallyFile, { force: true });
  return new Promise((resolve) => {
    const child = spawn(node, [script, ...args], {
      cwd: root,
      env: { ...environment(), TALLY: tallyFile, ...color },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of ["stdout", "stderr"]) {
      child[stream].setEncoding("utf8").on("data", (text) => {
        output += text;
        process[stream].write(text);
      });
    }
    child.on("error", (error) => resolve({ code: 1, output: error.message }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Where the program of a package is, whatever the system's way to start it. */
function program(name, binary) {
  const folder = join(root, "node_modules", name);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, typeof bin === "string" ? bin : bin[binary]);
}

function readTally() {
  const file = join(temporary, "tally.json");
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: [] };
  return JSON.parse(readFileSync(file, "utf8"));
}

function readEditorCounts({ output, code }) {
  const reason = /^editor tests left out: (.+)$/m.exec(output)?.[1];
  if (reason) return { passed: 0, failed: 0, skipped: [{ name: "every editor test", reason }] };
  const files = existsSync(editorRuns)
    ? readdirSync(editorRuns).map((name) => join(editorRuns, name, "counts.json"))
    : [];
  const counts = files.filter(existsSync).map((file) => JSON.parse(readFileSync(file, "utf8")));
  const failed = sum(counts.map(({ failures }) => failures));
  const skipped = counts.flatMap((count) => count.skipped ?? []);
  return {
    passed: sum(counts.map(({ tests }) => tests)) - failed - skipped.length,
    failed: code === 0 ? failed : Math.max(failed, 1),
    skipped: skipped.map((name) => ({ name, reason: "this VS Code does not offer what it needs" })),
  };
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
