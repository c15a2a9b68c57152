import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { type Analysis, type Analyzer, createAnalyzer } from "../../../server/src/analyze.ts";
import type { Snapshot } from "../../../server/src/core/snapshot.ts";
import { renumbered } from "../../numbering.ts";
import { root, snapshotOf } from "../../snapshot.ts";

const rules = join(import.meta.dirname, "../../rules");

/** Everything below a folder of fixtures, as one workspace. */
function filesBelow(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  const walk = (at: string): void => {
    for (const name of readdirSync(at)) {
      const path = join(at, name);
      if (statSync(path).isDirectory()) walk(path);
      else if (/\.([cm]?[jt]sx?|json|py)$/.test(name) && !name.includes(".fixed."))
        files[relative(folder, path)] = readFileSync(path, "utf8");
    }
  };
  walk(folder);
  return files;
}

const withText = (snapshot: Snapshot, path: string, text: string): Snapshot => ({
  ...snapshot,
  version: snapshot.version + 1,
  sources: new Map([...snapshot.sources].map(([one, old]) => [one, one === path ? text : old])),
});

/** What people see of an analysis, in a form that compares. */
const visible = ({ findings, model, facts, crashes }: Analysis): unknown => ({
  facts: [...facts.values()].map(renumbered),
  findings,
  crashes,
  pools: model.pools.map((pool) => [
    pool.place,
    pool.type,
    pool.name,
    pool.applicationName,
    pool.lifetime,
    pool.errorHandler,
  ]),
  transactions: model.transactions.map((one) => [
    one.place,
    one.form,
    one.on,
    one.leaks,
    one.releases.map((each) => each.place),
    one.waits,
    [...one.outer, ...one.concurrent, ...one.floating].map(({ place, what, chain }) => [place, what, chain]),
  ]),
  checkouts: model.checkouts.map((one) => [one.place, one.leaks, one.misuses]),
  statements: model.statements.map((one) => [one.place, one.text, one.inTransaction, one.transaction?.place, one.hook]),
});

/** A small generator of numbers that is the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % below;
  };
}

const snippets = [
  "\n",
  " ",
  "x",
  '\nawait client.query("BEGIN");\n',
  "\nclient.release();\n",
  "\nconst extra = new Pool({ max: 3 });\n",
  "\nexport const more = 1;\n",
  "(",
  "}",
];

const withConfiguration = (snapshot: Snapshot, name: string, text: string | undefined): Snapshot => {
  const configurations = new Map(snapshot.configurations);
  if (text === undefined) configurations.delete(`${root}/${name}`);
  else configurations.set(`${root}/${name}`, text);
  return { ...snapshot, version: snapshot.version + 1, configurations };
};

describe("a change of what is said of poolers gives the same as a fresh start", () => {
  it.each(["no-session-set", "no-idle-beyond-bouncer", "no-leaked-transaction", "require-application-name"])(
    "%s",
    async (folder) => {
      let snapshot = snapshotOf(filesBelow(join(rules, folder)));
      const kept = createAnalyzer();
      const seen = new Set([JSON.stringify(visible(await kept.analyze(snapshot)))]);
      const changes: readonly (readonly [name: string, text: string | undefined])[] = [
        ["pgbouncer.ini", "[pgbouncer]\npool_mode = session\n"],
        ["pgbouncer.ini", "[pgbouncer]\npool_mode = transaction\nclient_idle_timeout = 5\n"],
        ["package.json", '{ "name": "other", "dependencies": { "pg": "^8.0.0" } }'],
        [".env", "DATABASE_URL=postgres://localhost:6432/app?application_name=told\n"],
        ["pgbouncer.ini", "[pgbouncer]\npool_mode = statement\n"],
        ["pgbouncer.ini", undefined],
        [".env", undefined],
      ];
      for (const [name, text] of changes) {
        snapshot = withConfiguration(snapshot, name, text);
        const shown = visible(await kept.analyze(snapshot));
        expect(shown, `${name}: ${text}`).toEqual(visible(await createAnalyzer().analyze(snapshot)));
        seen.add(JSON.stringify(shown));
      }
      // Else nothing was proven.
      expect(seen.size).toBeGreaterThan(2);
    },
  );
});

describe("files in the place of others", () => {
  it("give the same as a fresh start", async () => {
    const files = (name: string) => ({
      [`src/${name}.ts`]: 'import { Pool } from "pg";\nexport const pool = new Pool();\n',
      [`src/use-${name}.ts`]: `import { pool } from "./${name}.ts";\nexport const find = () => pool.query("SET ROLE a");\n`,
    });
    const kept = createAnalyzer();
    await kept.analyze(snapshotOf(files("one")));
    const shown = visible(await kept.analyze(snapshotOf(files("other"))));
    const fresh = await createAnalyzer().analyze(snapshotOf(files("other")));
    expect(fresh.model.statements).toHaveLength(1);
    expect(shown).toEqual(visible(fresh));
  });
});

describe("what decides about a pool in a file of its own", () => {
  it("gives the same as a fresh start", async () => {
    const files = (name: string) => ({
      "pgbouncer.ini":
        "[databases]\napp = host=db\njobs = host=db pool_mode=session\n[pgbouncer]\npool_mode = transaction\n",
      "src/config.ts": `export const url = "postgres://pgbouncer:6432/${name}";\n`,
      "src/db.ts":
        'import { Pool } from "pg";\nimport { url } from "./config.ts";\nexport const pool = new Pool({ connectionString: url });\n',
      "src/use.ts": `import { pool } from "./db.ts";\nexport const lock = () => pool.query("SET ROLE a");\n`,
    });
    const kept = createAnalyzer();
    let snapshot = snapshotOf(files("app"));
    const rules = async (name: "app" | "jobs", analyzer: Analyzer) => {
      snapshot = withText(snapshot, `${root}/src/config.ts`, files(name)["src/config.ts"]);
      return (await analyzer.analyze(snapshot)).findings.map(({ rule }) => rule).sort();
    };
    for (const name of ["app", "jobs", "app"] as const)
      expect(await rules(name, kept), name).toEqual(await rules(name, createAnalyzer()));
    expect(await rules("jobs", kept)).not.toEqual(await rules("app", kept));
  });
});

describe("what a function's head says", () => {
  const use = (head: string, body: string) => ({
    "src/use.ts": `import { Pool, type PoolClient } from "pg";\nconst make = ${head} => ${body};\nexport const run = async () => {\n  await make().query("SET ROLE a");\n  await make().query("SET ROLE b");\n};\n`,
  });
  const lend = (decorator: string) => ({
    "app.py": `import contextlib\nfrom sqlalchemy import create_engine, text\nfrom sqlalchemy.orm import sessionmaker\n\nSession = sessionmaker(create_engine("postgresql://pgbouncer:6432/app"))\n\n${decorator}\ndef lent():\n    session = Session()\n    yield session\n    session.close()\n\ndef run():\n    with lent() as session:\n        session.execute(text("SET ROLE a"))\n`,
  });
  it.each([
    ["a declared result", use("(): any", "JSON.parse('')"), use("(): Pool", "JSON.parse('')")],
    ["a pool that is gone", use("()", "new Pool()"), use("()", "JSON.parse('')")],
    ["a decorator", lend("@contextlib.contextmanager"), lend("@contextlib.contextmanagers")],
  ])("%s", async (_, one, other) => {
    const kept = createAnalyzer();
    const shown: string[] = [];
    const [path] = Object.keys(one) as [string];
    let snapshot = snapshotOf(one);
    for (const files of [one, other, one, other]) {
      snapshot = withText(snapshot, `${root}/${path}`, Object.values(files)[0] as string);
      const seen = visible(await kept.analyze(snapshot));
      expect(seen).toEqual(visible(await createAnalyzer().analyze(snapshot)));
      shown.push(JSON.stringify((seen as { statements: unknown }).statements));
    }
    expect(shown[0]).not.toBe(shown[1]);
  });
});

describe("an edit gives the same as a fresh start", () => {
  const folders = [
    "no-leaked-transaction",
    "no-leaked-client",
    "no-external-await-in-transaction",
    "no-outer-handle-in-transaction",
    "no-transaction-on-pool",
    "no-pool-per-request",
    "no-session-set",
  ];
  it.each(folders)("%s", async (folder) => {
    const next = numbers(folder.length);
    let snapshot = snapshotOf(filesBelow(join(rules, folder)));
    const kept = createAnalyzer();
    await kept.analyze(snapshot);
    const paths = [...snapshot.sources.keys()];
    expect(paths.length).toBeGreaterThan(2);
    for (let round = 0; round < 40; round++) {
      const path = paths[next(paths.length)] as string;
      const text = snapshot.sources.get(path) as string;
      const at = next(text.length + 1);
      const kind = next(3);
      const edited =
        kind === 0
          ? text.slice(0, at) + text.slice(at + 1 + next(12))
          : text.slice(0, at) + snippets[next(snippets.length)] + text.slice(at);
      snapshot = withText(snapshot, path, edited);
      const incremental = visible(await kept.analyze(snapshot));
      const fresh = visible(await createAnalyzer().analyze(snapshot));
      expect(incremental, `round ${round}: ${path.slice(root.length)} at ${at}`).toEqual(fresh);
    }
  });
});

describe("a letter after the other gives the same as a fresh start", () => {
  const folders = [
    "no-leaked-transaction",
    "no-external-await-in-transaction",
    "no-concurrent-query-in-transaction",
    "no-floating-transaction",
    "no-session-lock",
    "no-unclosed-session",
    "no-session-temp-table",
    "no-pool-per-request",
  ];
  it.each(folders)("%s", async (folder) => {
    const next = numbers(folder.length * 31 + 5);
    let snapshot = snapshotOf(filesBelow(join(rules, folder)));
    const kept = createAnalyzer();
    await kept.analyze(snapshot);
    const paths = [...snapshot.sources.keys()];
    for (let round = 0; round < 12; round++) {
      const path = paths[next(paths.length)] as string;
      const before = snapshot.sources.get(path) as string;
      const words = [...before.matchAll(/\w\b|["'(){};\n]/g)];
      const at = (words[next(words.length)]?.index ?? 0) + 1;
      const typed = [
        "x1y",
        "\n# x",
        "; a",
        " = 1",
        "\nconst q = f(1);",
        "\nasync function g(a: string) {",
        "async () => {",
        "\nz = f(2)\n",
        "\nconst y = (a) => a;\n",
        "\nexport function h(a) { return a.query('BEGIN'); }\n",
        "\ndef h(a):\n    return a\n",
      ][next(11)] as string;
      for (let letters = 1; letters <= typed.length; letters++) {
        snapshot = withText(snapshot, path, before.slice(0, at) + typed.slice(0, letters) + before.slice(at));
        const incremental = visible(await kept.analyze(snapshot));
        const fresh = visible(await createAnalyzer().analyze(snapshot));
        const where = `round ${round}: ${path.slice(root.length)} at ${at}: ${typed.slice(0, letters)}`;
        expect(incremental, where).toEqual(fresh);
      }
      // Taken back again, mostly: else nothing is left to find.
      if (next(4) > 0) snapshot = withText(snapshot, path, before);
    }
  });
});
