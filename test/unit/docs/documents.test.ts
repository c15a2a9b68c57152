import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { pageOf, pagesUrl } from "../../../server/src/lsp/pages.ts";
import { rules } from "../../../server/src/rules/index.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const documents = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/rules/README.md"];

test("what is generated is up to date (else run `npm run generate`)", () => {
  expect(() =>
    execFileSync(process.execPath, ["scripts/generate.mjs", "--check"], { cwd: root, stdio: "pipe" }),
  ).not.toThrow();
});

test.each(documents)("every link of %s to a file leads to one", (document) => {
  const links = [...read(document).matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)].map(([, path]) => path!);
  expect(links.filter((path) => !existsSync(join(root, dirname(document), path)))).toEqual([]);
});

test.each(documents)("every script that %s names is there", (document) => {
  const { scripts } = JSON.parse(read("package.json"));
  const named = [...read(document).matchAll(/`?npm run ([\w:-]+)/g)].map(([, name]) => name!);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test("each rule's page is where the editor looks for it", () => {
  const paths = rules.map(({ name }) => pageOf(name).slice(pagesUrl.length));
  expect(paths.filter((path) => !existsSync(join(root, "docs/rules", path)))).toEqual([]);
});
