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

const helpers: Files = {
  "pool.ts": `import { Pool } from "pg";\nexport const pool = new Pool();\n`,
  "transaction.ts": `import type { PoolClient } from "pg";
import { pool } from "./pool.ts";
export async function withTransaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
export async function insert(client: PoolClient, name: string) {
  await client.query("SET LOCAL statement_timeout = 100");
  await client.query("INSERT INTO orders (name) VALUES ($1)", [name]);
}
`,
  "mail.ts": `export async function send(to: string) {\n  await fetch("https://mail.example/" + to);\n}\n`,
  "orders.ts": `import { send } from "./mail.ts";
import { insert, withTransaction } from "./transaction.ts";
export async function place(name: string) {
  await withTransaction(async (client) => {
    await insert(client, name);
    await send(name);
  });
}
export async function note(name: string) {
  await withTransaction((client) => insert(client, name));
}
`,
  "direct.ts": `import { pool } from "./pool.ts";
import { insert } from "./transaction.ts";
export async function direct(name: string) {
  const client = await pool.connect();
  try {
    await insert(client, name);
  } finally {
    client.release();
  }
}
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

  it("what a helper's callers wait for inside its transaction", () =>
    edited(helpers, "mail.ts", "await fetch(", "void (", "no-external-await-in-transaction"));

  it("whether a caller's code is in a transaction", () =>
    edited(helpers, "orders.ts", "    await send(name);\n", "", "no-external-await-in-transaction"));

  it("whether what a helper is given runs inside", () =>
    edited(helpers, "transaction.ts", 'await client.query("BEGIN");', "", "no-external-await-in-transaction"));
});

describe("keys one after another", () => {
  it("leave what a fresh start finds", async () => {
    const kept = createAnalyzer();
    const typed = "  await insert(client, unknown.thing);\n";
    for (const [path, at] of [
      ["orders.ts", "    await insert(client, name);\n"],
      ["direct.ts", "    await insert(client, name);\n"],
      ["transaction.ts", '    await client.query("BEGIN");\n'],
    ] as const) {
      const text = helpers[path] as string;
      const from = text.indexOf(at) + at.length;
      for (let length = 0; length <= typed.length; length++) {
        const files = { ...helpers, [path]: text.slice(0, from) + typed.slice(0, length) + text.slice(from) };
        const found = await rules(kept, files);
        if (length % 13 === 0) expect(found).toEqual(await rules(createAnalyzer(), files));
      }
    }
  });
});
