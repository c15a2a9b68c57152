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
