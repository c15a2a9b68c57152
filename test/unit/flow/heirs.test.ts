import { expect, test } from "vitest";
import { createAnalyzer } from "../../../server/src/analyze.ts";
import { type Files, snapshotOf } from "../../snapshot.ts";

const rulesOf = async (files: Files): Promise<readonly string[]> => {
  const { findings, crashes } = await createAnalyzer().analyze(snapshotOf(files));
  expect(crashes).toEqual([]);
  return findings.map(({ rule }) => rule).sort();
};

const user = `
import { Pool } from "pg";
import { Job } from "./base.ts";
const pool = new Pool();
export async function run(job: Job) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await job.work();
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
`;
const base = "export class Job { async other() {} }";
const heir = (from: string): string => `
import { Job } from "${from}";
export class Mail extends Job { async work() { await fetch("https://mail.example"); } }
`;

test("an heir is known whether its file comes before or after those who use the class", async () => {
  const files = { "base.ts": base, "m.ts": user };
  const before = await rulesOf({ ...files, "c.ts": heir("./base.ts") });
  const after = await rulesOf({ ...files, "z.ts": heir("./base.ts") });
  expect(before).toContain("no-external-await-in-transaction");
  expect(after).toEqual(before);
});

test("the heirs of a class are known after an edit of the file that all of them are in", async () => {
  const heirs = `
export class Local extends Job { async work() { return 1; } }
export class Mail extends Job { async work() { await fetch("https://mail.example"); } }`;
  const text = `${user.replace('import { Job } from "./base.ts";', "abstract class Job { abstract work(): Promise<unknown>; }")}${heirs}`;
  const snapshot = snapshotOf({ "m.ts": text });
  const [path] = [...snapshot.sources.keys()] as [string];
  const analyzer = createAnalyzer();
  const first = (await analyzer.analyze(snapshot)).findings.map(({ rule }) => rule);
  expect(first).toContain("no-external-await-in-transaction");
  for (const typed of ["export\n# class Mail", "export class Mail"]) {
    const sources = new Map([[path, text.replace("export class Mail", typed)]]);
    const { findings } = await analyzer.analyze({ ...snapshot, version: snapshot.version + 1, sources });
    expect(findings.map(({ rule }) => rule)).toContain("no-external-await-in-transaction");
  }
});
