import { describe, expect, test } from "vitest";
import { createAnalyzer } from "../../../server/src/analyze.ts";
import { type Files, snapshotOf } from "../../snapshot.ts";
import { fill } from "./fill.ts";
import { readSnippets } from "./snippets.ts";

const bodies = new Map(readSnippets("python").map(({ prefix, body }) => [prefix, body]));
const filled = (prefix: string, last = ""): string => fill(bodies.get(prefix)!, last)[0]!.replaceAll("\t", "    ");

const statement = '"UPDATE stock SET left = 0"';

/** Snippets that stand on another one, with what is written inside them. */
const uses: readonly (readonly [prefix: string, on: string, last: string])[] = [
  ["bs-sqlalchemy-session", "bs-sqlalchemy-engine", ""],
  ["bs-sqlalchemy-async-session", "bs-sqlalchemy-asyncpg-engine", ""],
  ["bs-sqlalchemy-statement-mode", "bs-sqlalchemy-engine", ""],
  ["bs-asyncpg-transaction", "bs-asyncpg-pool", `await connection.execute(${statement})`],
  ["bs-psycopg-transaction", "bs-psycopg-pool", `connection.execute(${statement})`],
];

/** Transactions of sessions, which need an engine and a factory before them. */
const sessions: readonly (readonly [prefix: string, engine: string, factory: string, last: string])[] = [
  ["bs-sqlalchemy-transaction", "bs-sqlalchemy-engine", "bs-sqlalchemy-session", `session.execute(text(${statement}))`],
  [
    "bs-sqlalchemy-async-transaction",
    "bs-sqlalchemy-asyncpg-engine",
    "bs-sqlalchemy-async-session",
    `await session.execute(text(${statement}))`,
  ],
];

/** Options and a name: no pool of their own. */
const parts = ["bs-application-name", "bs-application-name-host", "bs-asyncpg-application-name"];

const alone = [...bodies.keys()].filter(
  (prefix) => !parts.includes(prefix) && ![...uses, ...sessions].some(([name]) => name === prefix),
);

describe("python snippets have no findings", () => {
  test.each(alone)("%s", async (prefix) => {
    const name = prefix === "bs-django-database" ? "shop/settings.py" : "shop/db.py";
    const { model, found, hints } = await analyze({ [name]: filled(prefix, "pass") });
    expect(found).toEqual([]);
    // A pool that is not seen has no findings either.
    expect(model.pools.length).toBeGreaterThan(0);
    // An engine over a pool has the names of that pool's connections.
    const own = model.pools.filter(({ options }) => !options.entries.some(({ path }) => path.endsWith("creator")));
    expect(own.map(({ applicationName }) => applicationName.given)).not.toContain("no");
    expect(hints).not.toContain("require-application-name");
  });

  test.each(uses)("%s on %s", async (prefix, on, last) => {
    const text = filled(prefix, last);
    const isBlock = /^(?:async )?with /.test(text);
    const body = isBlock ? `${text.startsWith("async") ? "async " : ""}def run(pool):\n${indented(text)}` : text;
    const { model, found } = await analyze({
      "pgbouncer.ini": bouncer(prefix.includes("statement-mode") ? "statement" : "transaction"),
      "shop/db.py": isBlock ? `${filled(on)}\n\n${called(on, body, text)}\n` : `${filled(on)}\n${text}\n`,
    });
    expect(found).toEqual([]);
    expect(model.pools.length).toBeGreaterThan(0);
    if (isBlock) expect(model.transactions.length).toBeGreaterThan(0);
  });

  test.each(sessions)("%s on %s and %s", async (prefix, engine, factory, last) => {
    const text = filled(prefix, last);
    const head = `${filled(engine)}\n${filled(factory)}\nfrom sqlalchemy import text\n\n`;
    const async = text.startsWith("async") ? "async " : "";
    const { model, found } = await analyze({ "shop/db.py": `${head}\n${async}def run():\n${indented(text)}\n` });
    expect(found).toEqual([]);
    expect(model.transactions.length).toBeGreaterThan(0);
  });

  test("a finding would be seen", async () => {
    const text = filled("bs-sqlalchemy-engine").replace("    poolclass=NullPool,\n", "");
    expect((await analyze({ "shop/db.py": text })).found.join("\n")).toContain("no-double-pool");
  });
});

/** A block with the pool that it runs on, made where its snippet makes it. */
const called = (on: string, body: string, text: string): string =>
  on === "bs-asyncpg-pool"
    ? `async def run():\n    pool = await open_pool()\n${indented(text)}`
    : body.replace("def run(pool)", "def run()");

const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, "    ");

const bouncer = (mode: string): string => `[databases]\n* = host=db\n\n[pgbouncer]\npool_mode = ${mode}\n`;

async function analyze(files: Files) {
  const requirements =
    "sqlalchemy==2.0.36\npsycopg[pool]==3.3.0\npsycopg2==2.9.9\nasyncpg==0.30.0\npsycopg-pool==3.3.0\n";
  const snapshot = snapshotOf({ "requirements.txt": requirements, "pgbouncer.ini": bouncer("transaction"), ...files });
  const { findings, crashes, model } = await createAnalyzer().analyze(snapshot);
  expect(crashes).toEqual([]);
  // Hints are about what no snippet knows.
  const told = findings.filter(({ path }) => path.endsWith(".py"));
  const hints = told.flatMap(({ rule, severity }) => (severity === "hint" ? [rule] : []));
  const more = told.filter(({ severity }) => severity !== "hint");
  return { model, hints, found: more.map(({ rule, message, severity }) => `${severity} ${rule}: ${message}`) };
}
