import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readZip, type ZipEntry } from "./zip.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const megabyte = 1_000_000;

describe("the packaged extension", () => {
  let folder: string;
  let entries: readonly ZipEntry[];
  const files = () =>
    entries.flatMap(({ name }) => (name.startsWith("extension/") ? [name.slice("extension/".length)] : []));
  const bundles = () => entries.filter(({ name }) => /^extension\/dist\/.*\.js$/.test(name));

  beforeAll(async () => {
    if (!existsSync(join(root, "dist/extension.js"))) run("scripts/build.mjs");
    folder = await mkdtemp(join(tmpdir(), "bouncer-safe-package-"));
    run("scripts/package.mjs", folder);
    const [vsix] = await readdir(folder);
    entries = readZip(await readFile(join(folder, vsix!)));
  }, 60_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("holds the bundles, the SQL parser, the snippets and the documents", () => {
    expect(files()).toEqual(
      expect.arrayContaining([
        ...["package.json", "readme.md", "LICENSE.txt", "changelog.md"],
        ...[
          "dist/extension.js",
          "dist/server.js",
          "dist/cli.js",
          "dist/load.js",
          "dist/start.js",
          "dist/service.js",
          "dist/engine.js",
          "dist/search.js",
          "dist/typescript.js",
          "dist/libpg-query.wasm",
          "dist/bouncer-safe.schema.json",
          "dist/THIRD-PARTY-NOTICES.txt",
        ],
        ...["snippets/typescript.json", "snippets/javascript.json", "snippets/python.json", "snippets/pgbouncer.json"],
      ]),
    );
    expect(files().some((name) => name.startsWith("docs/rules/"))).toBe(true);
  });

  test("holds nothing else", () => {
    const expected =
      /^(package\.json|readme\.md|LICENSE\.txt|changelog\.md|dist\/[^/]+\.(js|wasm|json|txt)|snippets\/\w+\.json|(docs|client\/media|client\/language)\/.+\.(md|png|svg|json))$/;
    expect(files().filter((name) => !expected.test(name))).toEqual([]);
  });

  test("holds every file that its manifest names", async () => {
    const { main, icon, contributes } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
    const named = [main, icon, ...pathsIn(contributes)]
      .filter((path) => path !== undefined)
      .map((path) => path.replace(/^\.\//, ""));
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((path) => !files().includes(path))).toEqual([]);
  });

  test("stays small", () => {
    const total = (of: readonly ZipEntry[], size: "size" | "compressed") =>
      of.reduce((sum, entry) => sum + entry[size], 0);
    // The command line, the server and the search hold code that the engine has too: they start without it.
    expect(total(bundles(), "size")).toBeLessThan(3.7 * megabyte);
    expect(
      total(
        entries.filter(({ name }) => name.startsWith("extension/dist/")),
        "compressed",
      ),
    ).toBeLessThan(1.5 * megabyte);
  });
});

function run(...args: readonly string[]): void {
  execFileSync(process.execPath, args, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
}

/** Relative paths anywhere in the manifest's contributions. */
function pathsIn(value: unknown): string[] {
  if (typeof value === "string") return /^\.\/[\w./-]+\.(json|md|png|svg)$/.test(value) ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(pathsIn);
}
