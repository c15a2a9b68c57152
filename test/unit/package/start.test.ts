import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const script = fileURLToPath(new URL("../../../scripts/start.mjs", import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "bouncer-safe-start-"));
  mkdirSync(join(folder, "bad"));
  mkdirSync(join(folder, "good"));
  writeFileSync(join(folder, "bad/db.js"), 'const { Pool } = require("pg");\nnew Pool().query("BEGIN");\n');
  writeFileSync(join(folder, "good/db.js"), "console.log(1);\n");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As npm runs it: in the project's folder, with the person's own in INIT_CWD. */
const start = (...args: string[]) =>
  spawnSync(process.execPath, [script, ...args], {
    env: { ...process.env, INIT_CWD: folder, NO_COLOR: "1" },
    encoding: "utf8",
    timeout: 60_000,
  });

test("without a folder, the example's findings are printed and are no failure", () => {
  const { status, stdout, stderr } = start();
  expect(stdout).toContain("error[no-leaked-transaction]");
  expect(stdout).toContain("--> test/workspaces/shop/src/");
  expect(stderr).toContain("Checking the example workspace");
  expect(status).toBe(0);
});

test("a folder is looked for from where the person is, and its findings are a failure", () => {
  const { status, stdout } = start("bad");
  expect(stdout).toContain("--> bad/db.js:2:");
  expect(status).toBe(1);
});

test("a folder without findings is none", () => {
  expect(start("good").status).toBe(0);
});

test("a folder that is not there is misuse", () => {
  const { status, stderr } = start("nowhere");
  expect(stderr).toContain("nowhere");
  expect(status).toBe(2);
});

test("options go to the check", () => {
  const { status, stdout } = start("bad", "--format", "json");
  expect(JSON.parse(stdout).findings.length).toBeGreaterThan(0);
  expect(status).toBe(1);
});
