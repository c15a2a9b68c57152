import { describe, expect, it } from "vitest";
import { type Analyzer, createAnalyzer } from "../../../server/src/analyze.ts";
import { type Files, snapshotOf } from "../../snapshot.ts";

const requests: Files = {
  "database.js": `import { Sequelize } from "sequelize";
export const sequelize = new Sequelize("postgres://localhost/app");
`,
  "begin.js": `import { sequelize } from "./database.js";
export async function begin(req, res, next) {
  req.transaction = await sequelize.transaction();
  next();
}
`,
  "check.js": `import { sequelize } from "./database.js";
export async function check(req, res, next) {
  const balance = await sequelize.query("SELECT 1", { transaction: req.transaction });
  if (balance === 0) return res.status(402).json({});
  next();
}
`,
  "save.js": `import { sequelize } from "./database.js";
export async function save(req, res) {
  await sequelize.query("INSERT INTO orders DEFAULT VALUES", { transaction: req.transaction });
  await req.transaction.commit();
  res.json({});
}
`,
};

const interfaces: Files = {
  "mailer.ts": `export interface Mailer { send(): Promise<void> }\n`,
  "http.ts": `import type { Mailer } from "./mailer.ts";
export class HttpMailer implements Mailer {
  async send() { await fetch("https://mail.example/"); }
}
`,
  "orders.ts": `import { Pool } from "pg";
import type { Mailer } from "./mailer.ts";
const pool = new Pool();
export class Orders {
  constructor(private readonly mailer: Mailer) {}
  async place() {
    const client = await pool.connect();
    try {
      await client.query("BEGIN");
      await this.mailer.send();
      await client.query("COMMIT");
    } catch (error) {
      await client.query("ROLLBACK");
      throw error;
    } finally {
      client.release();
    }
  }
}
`,
  "other.ts": `import { Pool } from "pg";
import type { Mailer } from "./mailer.ts";
export const other = new Pool();
export class NoMailer {
  async send() { await other.query("SELECT 1"); }
}
export type { Mailer };
`,
};

async function rules(analyzer: Analyzer, files: Files): Promise<readonly string[]> {
  const { findings } = await analyzer.analyze(snapshotOf(files));
  return findings.map(({ rule, path, span }) => `${rule} ${path} ${span.start}`);
}

/** An edit in one file that decides what is told of another, and back. */
async function edited(files: Files, path: string, from: string, to: string, rule: string): Promise<void> {
  const kept = createAnalyzer();
  const before = await rules(kept, files);
  const changed = { ...files, [path]: (files[path] as string).replace(from, to) };
  const after = await rules(kept, changed);
  const tells = (all: readonly string[]): boolean => all.some((one) => one.startsWith(rule));
  expect([tells(before), tells(after)]).toEqual([true, false]);
  expect(after).toEqual(await rules(createAnalyzer(), changed));
  expect(await rules(kept, files)).toEqual(before);
}

describe("an edit elsewhere decides", () => {
  it("whether a middleware leaves a transaction open", () =>
    edited(requests, "check.js", "if (balance === 0) return res.status(402).json({});", "", "no-leaked-transaction"));

  it("which class an interface is", () =>
    edited(
      interfaces,
      "other.ts",
      "class NoMailer",
      "class NoMailer implements Mailer",
      "no-external-await-in-transaction",
    ));
});
