import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Analysis, createAnalyzer } from "../../../server/src/analyze.ts";
import { FactsCache, type Known } from "../../../server/src/cache/facts-cache.ts";
import * as typescript from "../../../server/src/frontends/typescript/lower.ts";
import { renumbered } from "../../numbering.ts";
import { absolute, type Files, root, snapshotOf } from "../../snapshot.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bouncer-safe-facts-"));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const placeOf = (build = "1") => ({ folder: join(folder, "cache"), build, roots: [root] });
const kept = (): readonly string[] => readdirSync(join(folder, "cache")).map((name) => join(folder, "cache", name));

const pool = "import { Pool } from 'pg';\nexport const pool = new Pool();\n";
const faulty = "import { pool } from './db';\nexport const f = async () => {\n  await pool.query('BEGIN');\n};\n";
const files: Files = { "db.ts": pool, "a.ts": faulty };

const knownOf = (all: Files): ReadonlyMap<string, Known> =>
  new Map(Object.entries(all).map(([path, text]) => [path, { text, facts: typescript.lowerFile(path, text) }]));

const visible = ({ findings, crashes, facts }: Analysis) => ({
  findings: findings.map((finding) => ({ ...finding, fixes: finding.fixes })),
  crashes,
  facts: [...facts.values()].map(renumbered),
});

/** An analysis that leaves its facts behind. */
async function first(all: Files = files): Promise<Analysis> {
  const analyzer = createAnalyzer(placeOf());
  const analysis = await analyzer.analyze(snapshotOf(all));
  analyzer.keep?.();
  return analysis;
}

/** The analysis of a later run, with the number of files that were lowered in it. */
async function later(all: Files, build = "1") {
  const lowering = vi.spyOn(typescript.FrontEnd.prototype, "lower");
  const analysis = await createAnalyzer(placeOf(build)).analyze(snapshotOf(all));
  const lowered = lowering.mock.calls.length;
  lowering.mockRestore();
  return { analysis, lowered };
}

test("a later run finds the same without reading a file, and an edited one alone where one is edited", async () => {
  const before = visible(await first());
  expect(before.findings.length).toBeGreaterThan(0);

  const same = await later(files);
  expect(same.lowered).toBe(0);
  expect(visible(same.analysis)).toStrictEqual(before);

  const edited = { ...files, "a.ts": `\n${faulty}` };
  const other = await later(edited);
  expect(other.lowered).toBe(1);
  expect(visible(other.analysis)).toStrictEqual(visible(await createAnalyzer().analyze(snapshotOf(edited))));
});

test("what an edit leaves of kept facts equals a fresh start", async () => {
  await first();
  const analyzer = createAnalyzer(placeOf());
  await analyzer.analyze(snapshotOf(files));
  const texts = [
    `// one\n${faulty}`,
    `// one\n${faulty}export const g = () => pool.connect();\n`,
    faulty.replace("BEGIN", "COMMIT"),
    "",
    faulty,
  ];
  for (const text of texts) {
    const edited = { ...files, "a.ts": text };
    const left = visible(await analyzer.analyze(snapshotOf(edited)));
    expect(left).toStrictEqual(visible(await createAnalyzer().analyze(snapshotOf(edited))));
  }
});

test("another build looks anew, and so does whoever finds no file, or one that is damaged, cut off or somebody else's", async () => {
  await first();
  const [path] = kept() as [string];
  const whole = readFileSync(path);
  expect((await later(files, "2")).lowered).toBe(2);

  const damages: readonly (Buffer | undefined)[] = [
    undefined,
    Buffer.alloc(0),
    Buffer.from("something else"),
    Buffer.from("bouncer-safe facts 1\n"),
    ...[0.1, 0.5, 0.9, 0.99].map((share) => whole.subarray(0, Math.floor(whole.length * share))),
    ...[0.02, 0.1, 0.3, 0.6, 0.97].map((share) => {
      const other = Buffer.from(whole);
      const at = Math.floor(whole.length * share);
      other[at] = (other[at] as number) ^ 1;
      return other;
    }),
  ];
  const fresh = visible(await createAnalyzer().analyze(snapshotOf(files)));
  for (const bytes of damages) {
    if (bytes === undefined) rmSync(path);
    else writeFileSync(path, bytes);
    const { analysis, lowered } = await later(files);
    expect(visible(analysis)).toStrictEqual(fresh);
    expect(lowered).toBeGreaterThan(0);
  }
  // And it is replaced.
  await first();
  expect((await later(files)).lowered).toBe(0);
});

test("facts are for the user alone, in one file that is written only where something is new", async () => {
  await first();
  const [path, ...others] = kept() as [string];
  expect(others).toEqual([]);
  if (process.platform !== "win32") expect(statSync(path).mode & 0o777).toBe(0o600);
  const { mtimeMs, ino } = statSync(path);
  const analyzer = createAnalyzer(placeOf());
  await analyzer.analyze(snapshotOf(files));
  analyzer.keep?.();
  expect(statSync(path)).toMatchObject({ mtimeMs, ino });
});

test("two that write at once leave the facts of one of them", () => {
  const [one, other] = [new FactsCache(placeOf()), new FactsCache(placeOf())];
  one.factsOf("a.ts", faulty);
  other.factsOf("a.ts", faulty);
  one.keep(knownOf({ "a.ts": faulty, "b.ts": pool }));
  other.keep(knownOf({ "a.ts": faulty }));
  const next = new FactsCache(placeOf());
  expect(next.factsOf("a.ts", faulty)).toBeDefined();
  expect(next.factsOf("a.ts", pool)).toBeUndefined();
});

test("no secret of a file is written, whatever way it is spelled", async () => {
  const secrets: Files = {
    ...files,
    "url.ts": `${pool}export const other = new Pool({ connectionString: "postgres://app:hunter2@db/app" });`,
    "escaped.ts": `${pool}export const other = new Pool({ password: "hunter\\u0032", user: "a" });`,
    "python.py": 'import psycopg\nconnection = psycopg.connect("dbname=app password=hunter2")\n',
    "key.ts": `${pool}const other = new Pool({ ssl: { key: "-----BEGIN PRIVATE KEY-----\\nhunter2" } });`,
  };
  await first(secrets);
  for (const path of kept()) expect(readFileSync(path, "latin1")).not.toContain("hunter");
  const { analysis, lowered } = await later(secrets);
  // Those in which it is not spelled as it stands there are read again.
  expect(lowered).toBe(2);
  expect(visible(analysis)).toStrictEqual(visible(await createAnalyzer().analyze(snapshotOf(secrets))));
});

test("a workspace that lost a file forgets its facts with the next that are new", () => {
  new FactsCache(placeOf()).keep(knownOf({ "a.ts": faulty, "b.ts": pool }));
  new FactsCache(placeOf()).keep(knownOf({ "a.ts": faulty, "c.ts": pool }));
  const next = new FactsCache(placeOf());
  expect(["a.ts", "b.ts", "c.ts"].filter((path) => next.factsOf(path, path === "a.ts" ? faulty : pool))).toEqual([
    "a.ts",
    "c.ts",
  ]);
});

test("nothing is kept without a place, nor where nothing can be written", async () => {
  expect(createAnalyzer().keep).toBeUndefined();
  writeFileSync(join(folder, "cache"), "a file");
  const analysis = await first();
  expect(visible(analysis)).toStrictEqual(visible(await createAnalyzer().analyze(snapshotOf(files))));
  expect(absolute("a.ts")).toBe(analysis.findings[0]?.path);
});
