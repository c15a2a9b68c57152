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

/** Rules of pgbouncer.ini without a finding in the shop's one file, by the reason. */
const leftOut: Readonly<Record<string, readonly string[]>> = {
  "PgBouncer would not start, and the shop runs": [
    "ini-unreadable-line",
    "ini-unknown-setting",
    "ini-setting-too-new",
    "ini-bad-value",
    "ini-missing-setting",
    "ini-bad-database-parameter",
    "ini-quoted-database-name",
    "ini-trailing-comment",
  ],
  "its clients would not get far": ["ini-disable-pqexec"],
  "another mode": ["ini-pool-mode-implicit", "ini-reset-query-empty"],
  "another version": [
    "ini-prepared-statements-implicit",
    "ini-prepared-ddl",
    "ini-track-extra-not-reported",
    "ini-sigterm-waits",
  ],
  "the setting has another value": [
    "ini-query-wait-zero",
    "ini-app-name-host",
    "ini-ignored-startup-parameter",
    "ini-trust-public",
    "ini-weak-auth",
  ],
  "one of many, and more would hide the rest": [
    "ini-admin-is-app-user",
    "ini-duplicate-key",
    "ini-min-over-pool",
    "ini-password-in-file",
    "ini-pool-exceeds-server",
    "ini-query-timeout",
    "ini-query-wait-long",
    "ini-reserve-without-timeout",
    "ini-reset-query-always",
    "ini-server-lifetime-zero",
    "ini-server-tls-prefer",
    "ini-transaction-timeout",
    "ini-wildcard-database",
  ],
};

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

  test("has a finding of every rule, but for those that exclude themselves there", () => {
    const found = new Set(report.findings.map(({ rule }) => rule));
    const missing = rules.map(({ name }) => name).filter((name) => !found.has(name));
    expect(missing.sort()).toEqual(Object.values(leftOut).flat().sort());
  });

  test("has several libraries, of both languages", () => {
    const libraries = new Set(report.inventory.pools.map(({ library }) => library));
    expect([...libraries].sort()).toEqual([
      "asyncpg",
      "django",
      "flask-sqlalchemy",
      "knex",
      "pg",
      "postgres",
      "psycopg2",
      "psycopg_pool",
      "sequelize",
      "sqlalchemy",
    ]);
  });

  test("shows no password", () => {
    // Without it the test would hold for a shop without passwords too.
    expect(readFileSync(join(shop, ".env"), "utf8")).toContain("not-a-secret");
    expect(text.out).not.toContain("not-a-secret");
  });

  test("has files without a finding beside those with one", () => {
    const sources = filesUnder(shop).filter((path) => /\.(ts|cjs|py)$/.test(path));
    const clean = sources.filter((path) => !text.out.includes(`--> ${path}:`));
    expect(clean).toEqual(
      expect.arrayContaining(["forecast/db.py", "src/db/with-transaction.ts", "src/stock/search.ts"]),
    );
  });
});

const filesUnder = (folder: string, prefix = ""): string[] =>
  readdirSync(folder).flatMap((name) =>
    statSync(join(folder, name)).isDirectory()
      ? filesUnder(join(folder, name), `${prefix}${name}/`)
      : `${prefix}${name}`,
  );
