import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import picocolors from "picocolors";
import { beforeAll, describe, expect, test } from "vitest";
import { createAnalyzer } from "../../../server/src/analyze.ts";
import { check } from "../../../server/src/cli/check.ts";
import { readArguments } from "../../../server/src/cli/options.ts";
import { rules } from "../../../server/src/rules/index.ts";

const shop = fileURLToPath(new URL("../../workspaces/shop", import.meta.url));
const golden = new URL("shop.golden.txt", import.meta.url);

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(...args: string[]): Promise<Run> {
  let out = "";
  let err = "";
  const terminal = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
    draw: () => {},
    colors: picocolors.createColors(false),
    interactive: false,
    cwd: shop,
  };
  const engine = { version: "0.0.0", build: "test", rules, createAnalyzer: async () => createAnalyzer() };
  return { code: await check(readArguments("check", ["--no-cache", ...args]), terminal, engine), out, err };
}

describe("the example workspace", () => {
  let text: Run;
  let report: { findings: { rule: string }[]; inventory: { pools: { library: string }[] } };
  beforeAll(async () => {
    text = await run("--severity", "hint");
    report = JSON.parse((await run("--format", "json")).out);
  });

  test("reads as its golden (UPDATE=1 writes it)", () => {
    if (process.env.UPDATE === "1") writeFileSync(golden, text.out);
    expect(text.out).toBe(readFileSync(golden, "utf8"));
    expect(text.err).toBe("");
    expect(text.code).toBe(1);
  });

  test("has a finding of every rule", () => {
    const found = new Set(report.findings.map(({ rule }) => rule));
    expect(rules.map(({ name }) => name).filter((name) => !found.has(name))).toEqual([]);
  });

  test("has several libraries", () => {
    const libraries = new Set(report.inventory.pools.map(({ library }) => library));
    expect([...libraries].sort()).toEqual(["knex", "pg", "postgres", "sequelize"]);
  });

  test("shows no password", () => {
    // Without it the test would hold for a shop without passwords too.
    expect(readFileSync(join(shop, ".env"), "utf8")).toContain("not-a-secret");
    expect(text.out).not.toContain("not-a-secret");
  });

  test("has files without a finding beside those with one", () => {
    const sources = filesUnder(shop).filter((path) => /\.(ts|cjs)$/.test(path));
    const clean = sources.filter((path) => !text.out.includes(`--> ${path}:`));
    expect(clean).toEqual(
      expect.arrayContaining(["src/db/pool.ts", "src/db/with-transaction.ts", "src/stock/search.ts"]),
    );
  });
});

const filesUnder = (folder: string, prefix = ""): string[] =>
  readdirSync(folder).flatMap((name) =>
    statSync(join(folder, name)).isDirectory()
      ? filesUnder(join(folder, name), `${prefix}${name}/`)
      : `${prefix}${name}`,
  );
