import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { walk } from "../../../server/src/workspace/walk.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "bouncer-safe-gitignore-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (root: string, files: Readonly<Record<string, string>>) => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
};

const sourcesOf = (root: string): string[] =>
  [...walk(root, { ignores: () => false, problem: ({ path, message }) => expect.fail(`${path} ${message}`) })]
    .flatMap(({ sources }) => sources)
    .map((path) => path.slice(root.length + 1))
    .sort();

/** What git itself would list. */
const listedByGit = (root: string): string[] =>
  execFileSync(
    "git",
    ["-c", "core.excludesFile=", "-c", "core.quotePath=off", "ls-files", "-co", "--exclude-standard"],
    { cwd: root, encoding: "utf8" },
  )
    .split("\n")
    .filter((path) => path.endsWith(".ts"))
    .sort();

const paths = [
  "a.ts",
  "b.ts",
  "build/a.ts",
  "src/a.ts",
  "src/b.ts",
  "src/build/a.ts",
  "src/build/keep/a.ts",
  "src/deep/er/a.ts",
  "src/deep/er/gen.ts",
  "src/[x].ts",
  "src/x y.ts",
  "lib/a.ts",
  "lib/gen/a.ts",
  "lib/gen/b.test.ts",
  "lib/#odd.ts",
  "lib/!odd.ts",
  "packages/one/dist/a.ts",
  "packages/one/src/dist.ts",
  "packages/two/dist/a.ts",
  "packages/two/src/a.gen.ts",
  "packages/two/src/éa.ts",
  "foo/bar/baz/a.ts",
  "foo/a.ts",
];

const rules: Readonly<Record<string, readonly Record<string, string>[]>> = {
  "names, endings and folders": [
    { ".gitignore": "build/\n*.gen.ts\n/b.ts\n" },
    { ".gitignore": "build\n" },
    { ".gitignore": "dist/\n!dist/a.ts\n" },
  ],
  "negation, the last pattern decides": [
    { ".gitignore": "*.ts\n!src/**\n!src/\n" },
    { ".gitignore": "src/*\n!src/build\n" },
    { ".gitignore": "*.ts\n!a.ts\n" },
    { ".gitignore": "/*\n!/src\n/src/*\n!/src/deep\n" },
  ],
  "nested files": [
    { ".gitignore": "dist/\n", "packages/two/.gitignore": "!dist/\n" },
    { ".gitignore": "*.ts\n", "src/.gitignore": "!a.ts\n!*/\n", "src/deep/.gitignore": "/er/gen.ts\n" },
    { "lib/.gitignore": "/gen/*\n!/gen/b.test.ts\n" },
  ],
  stars: [
    { ".gitignore": "**/gen\n" },
    { ".gitignore": "src/**/a.ts\n" },
    { ".gitignore": "foo/**\n" },
    { ".gitignore": "**/bar/**\n" },
    { ".gitignore": "/**/a.ts" },
    { ".gitignore": "src/*/a.ts\n" },
    { ".gitignore": "packages/*/dist\n" },
    { ".gitignore": "*a*\n" },
    { ".gitignore": "s?c\n" },
  ],
  "plain paths, and stars that say no more": [
    { ".gitignore": "/src/build\nlib/gen/a.ts\n" },
    { ".gitignore": "/src/build/\n/src/a.ts/\n" },
    { ".gitignore": "src/*.ts\n!/src/b.ts\n" },
    { ".gitignore": "!/src/b.ts\nsrc/*.ts\n" },
    { ".gitignore": "**/**/build\n**/*.gen.ts\n!**/gen.ts\n" },
    { ".gitignore": "**/deep/\n**/a.ts/\n" },
    { ".gitignore": "**/a.ts\n", "src/.gitignore": "!/a.ts\n" },
  ],
  "sets and escapes": [
    { ".gitignore": "[ab].ts\n" },
    { ".gitignore": "[!a].ts\n" },
    { ".gitignore": "src/\\[x\\].ts\n" },
    { ".gitignore": "\\#odd.ts\n" },
    { ".gitignore": "\\!odd.ts\n" },
    { ".gitignore": "[[:alpha:]].ts\n" },
    { ".gitignore": "[a-\n" },
    { ".gitignore": "[a-c]*\n" },
    { ".gitignore": "[]a].ts" },
    { ".gitignore": "a.ts\\" },
  ],
  "blanks, comments and line ends": [
    { ".gitignore": "# a.ts\n\n   \na.ts   \n" },
    { ".gitignore": "src/x\\ y.ts\n" },
    { ".gitignore": "x y.ts\\ \n" },
    { ".gitignore": "/\n" },
    { ".gitignore": "!\n" },
  ],
};

test.each(
  Object.entries(rules).flatMap(([name, all]) => all.map((files, index) => [`${name} ${index + 1}`, files] as const)),
)("%s", (name, files) => {
  const root = join(folder, name.replace(/\W+/g, "-"));
  write(root, Object.fromEntries(paths.map((path) => [path, ""])));
  write(root, files);
  execFileSync("git", ["init", "-q"], { cwd: root });
  expect(sourcesOf(root)).toEqual(listedByGit(root));
});

test("rules written with CRLF count without it", () => {
  const root = join(folder, "crlf");
  write(root, { "a.ts": "", "b.ts": "", ".gitignore": "a.ts\r\n" });
  expect(sourcesOf(root)).toEqual(["b.ts"]);
});

test("random rule sets agree with git", () => {
  const root = join(folder, "random");
  write(root, Object.fromEntries(paths.map((path) => [path, ""])));
  execFileSync("git", ["init", "-q"], { cwd: root });
  const random = createRandom(20);
  const pieces = [
    "a",
    "b",
    "src",
    "lib",
    "build",
    "dist",
    "gen",
    "*",
    "**",
    "?",
    "/",
    "/",
    ".ts",
    "*.ts",
    "!",
    "packages",
    "deep",
    "er",
    "[ab]",
    "\\a",
  ];
  for (let round = 0; round < 60; round++) {
    const line = () => Array.from({ length: 1 + random(4) }, () => pieces[random(pieces.length)]!).join("");
    const text = Array.from({ length: 1 + random(4) }, line).join("\n");
    // `a**/b` is where git's own documentation and git part ways.
    if (/[^/\n!]\*\*|\*\*[^/\n]/.test(text)) continue;
    writeFileSync(join(root, ".gitignore"), text);
    expect(sourcesOf(root), JSON.stringify(text)).toEqual(listedByGit(root));
  }
});

/** The same numbers in every run. */
const createRandom = (seed: number) => {
  let state = seed;
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
};
