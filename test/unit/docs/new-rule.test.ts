import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));

let copy: string;
beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), "bouncer-safe-new-rule-"));
  cpSync(join(root, "server/src/rules"), join(copy, "server/src/rules"), { recursive: true });
  cpSync(join(root, "server/src/core"), join(copy, "server/src/core"), { recursive: true });
});
afterEach(() => rmSync(copy, { recursive: true, force: true }));

const newRule = (...args: string[]) =>
  spawnSync(process.execPath, [join(root, "scripts/new-rule.mjs"), ...args], {
    env: { ...process.env, NEW_RULE_ROOT: copy },
    encoding: "utf8",
  });

test("npm run new-rule writes a rule, its example and its entry in the list", async () => {
  expect(newRule("no-early-bird").status).toBe(0);
  const { noEarlyBird } = (await import(join(copy, "server/src/rules/no-early-bird.ts"))) as {
    noEarlyBird: { name: string };
  };
  expect(noEarlyBird.name).toBe("no-early-bird");
  expect(readFileSync(join(copy, "server/src/rules/index.ts"), "utf8")).toMatch(/\n {2}noEarlyBird,\n\];\n$/);
  expect(readFileSync(join(copy, "test/rules/no-early-bird/example.ts"), "utf8")).toContain("// want");
});

test("its import stands in order", () => {
  newRule("no-early-bird");
  const imports = readFileSync(join(copy, "server/src/rules/index.ts"), "utf8").match(/"\.\/.*"/g)!;
  expect(imports).toEqual([...imports].sort());
});

test.each([["NoEarlyBird"], ["early-bird"], [], ["no-double-pool"]])("it refuses %s", (...args) => {
  const { status, stderr } = newRule(...args);
  expect(status).toBe(2);
  expect(stderr).not.toBe("");
});
