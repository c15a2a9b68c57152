import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { partOf, type Source, sources } from "./sources.ts";

/** What each part of the engine may import of the others. Entries and what is not named here may import anything. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  pgbouncer: ["core"],
  sql: ["core"],
  drivers: ["core"],
  pooler: ["core", "pgbouncer"],
  frontends: ["core", "drivers", "pgbouncer"],
  rules: ["core", "sql", "pgbouncer"],
  flow: ["core", "sql", "drivers", "pgbouncer", "pooler"],
  "suppressions.ts": ["core"],
  "baseline.ts": ["core"],
  config: ["core"],
  "config.ts": ["config", "core", "rules", "suppressions.ts"],
  workspace: ["core", "config.ts", "drivers", "frontends"],
  "workspace.ts": ["workspace", "core", "config.ts", "frontends"],
  selection: ["core", "drivers", "frontends", "workspace"],
  cache: ["core", "workspace"],
  "analyze.ts": [
    "cache",
    "core",
    "flow",
    "frontends",
    "pgbouncer",
    "pooler",
    "rules",
    "selection",
    "sql",
    "suppressions.ts",
  ],
  cli: ["core", "analyze.ts", "baseline.ts", "cache", "config.ts", "suppressions.ts", "workspace", "workspace.ts"],
  lsp: [
    "core",
    "analyze.ts",
    "cache",
    "config",
    "config.ts",
    "pgbouncer",
    "rules",
    "suppressions.ts",
    "workspace",
    "workspace.ts",
  ],
};

/** Single imports beyond that, with the reason. */
const exceptions: Readonly<Record<string, string>> = {
  "flow/prisma.ts → frontends/prisma/schema.ts":
    "a schema is a program of its own: its datasource is a pool, and nothing of it is lowered",
};

/** Packages and node's modules that only these parts may know. */
const knownOnlyBy: readonly { readonly packages: RegExp; readonly parts: readonly string[] }[] = [
  { packages: /^ts-morph$/, parts: ["frontends"] },
  { packages: /^@lezer\//, parts: ["frontends"] },
  { packages: /^libpg-query$/, parts: ["sql"] },
  { packages: /^(yaml|smol-toml)$/, parts: ["pooler"] },
  { packages: /^jsonc-parser$/, parts: ["config", "config.ts", "pooler", "workspace", "frontends"] },
  { packages: /^vscode-/, parts: ["lsp", "main.ts"] },
  { packages: /^picocolors$/, parts: ["cli"] },
  { packages: /^(node:)?fs(\/promises)?$/, parts: ["cache", "workspace", "workspace.ts", "cli"] },
  { packages: /^(node:)?process$/, parts: [] },
  // Threads search files, and run nothing but the program's own code.
  { packages: /^(node:)?worker_threads$/, parts: ["workspace"] },
  // The analysis connects to nothing and runs nothing.
  { packages: /^(node:)?(net|tls|http|https|http2|dgram|dns|child_process)(\/|$)/, parts: [] },
];

const entries = ["main.ts", "cli.ts", "index.ts"];

/** About as long as one reads in one go. */
const longest = 420;

test("the sources are read", () => {
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.find(({ path }) => path === "analyze.ts")?.files).toContain("flow/index.ts");
});

test("each part imports only what it may", () => {
  const wrong = sources.flatMap(({ path, part, files }) =>
    files
      .filter((file) => partOf(file) !== part && mayImport[part] && !mayImport[part].includes(partOf(file)))
      .map((file) => `${path} → ${file}`)
      .filter((way) => !(way in exceptions)),
  );
  expect(wrong).toEqual([]);
});

test("every exception is one", () => {
  const ways = sources.flatMap(({ path, files }) => files.map((file) => `${path} → ${file}`));
  expect(Object.keys(exceptions).filter((way) => !ways.includes(way))).toEqual([]);
});

test("every part is spoken of", () => {
  const parts = new Set(sources.map(({ part }) => part));
  expect([...parts].filter((part) => !mayImport[part] && !entries.includes(part))).toEqual([]);
});

test("no part imports itself by way of another", () => {
  const ways = new Map<string, Set<string>>();
  for (const { part, files } of sources)
    for (const file of files)
      if (partOf(file) !== part) ways.set(part, (ways.get(part) ?? new Set()).add(partOf(file)));
  const circle = (part: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(part)) return [...path.slice(path.indexOf(part)), part];
    for (const next of ways.get(part) ?? []) {
      const found = circle(next, [...path, part]);
      if (found) return found;
    }
    return undefined;
  };
  expect([...ways.keys()].map((part) => circle(part, [])).find((found) => found !== undefined)).toBeUndefined();
});

test.each(knownOnlyBy.map(({ packages, parts }) => [String(packages), packages, parts] as const))(
  "%s",
  (_, packages, parts) => {
    const knows = ({ packages: own }: Source) => own.some((name) => packages.test(name));
    expect(sources.filter((source) => knows(source) && !parts.includes(source.part)).map(({ path }) => path)).toEqual(
      [],
    );
  },
);

test("of ts-morph, only the compiler inside it is used", () => {
  const texts = sources
    .filter(({ packages }) => packages.includes("ts-morph"))
    .map(({ path }) => readFileSync(new URL(`../../../server/src/${path}`, import.meta.url), "utf8"));
  const named = texts.flatMap((text) =>
    [...text.matchAll(/^import (?:type )?(.*) from "ts-morph"/gm)].map(([, what]) => what),
  );
  expect([...new Set(named)]).toEqual(["{ ts }"]);
});

test("no language's front end needs another's parser", () => {
  const reached = (entry: string): ReadonlySet<string> => {
    const seen = new Set([entry]);
    for (const path of seen) for (const file of sources.find((one) => one.path === path)?.files ?? []) seen.add(file);
    return seen;
  };
  const packagesOf = (entry: string) =>
    sources.filter(({ path }) => reached(entry).has(path)).flatMap(({ packages }) => packages);
  const [python, typescript] = ["python", "typescript"].map((name) => packagesOf(`frontends/${name}/index.ts`));
  expect(python).toContain("@lezer/python");
  expect(typescript).toContain("ts-morph");
  expect(python).not.toContain("ts-morph");
  expect(typescript?.filter((name) => name.startsWith("@lezer/"))).toEqual([]);
  // What finds files and resolves imports runs without any parser of code.
  for (const entry of ["workspace.ts", "frontends/resolve.ts"])
    expect(packagesOf(entry).filter((name) => name === "ts-morph" || name.startsWith("@lezer/"))).toEqual([]);
});

test("only the command line and the entries know the process", () => {
  const using = sources.filter(({ part, uses }) => part !== "cli" && !entries.includes(part) && uses("process"));
  expect(using.map(({ path }) => path)).toEqual([]);
});

test("nothing is fetched", () => {
  expect(sources.filter(({ uses }) => uses("fetch") || uses("WebSocket")).map(({ path }) => path)).toEqual([]);
});

test("no file is longer than one can read", () => {
  const long = sources.filter(({ lines }) => lines > longest);
  expect(long.map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
});
