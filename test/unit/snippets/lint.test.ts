import { describe, expect, test } from "vitest";
import { createAnalyzer } from "../../../server/src/analyze.ts";
import { type Files, snapshotOf } from "../../snapshot.ts";
import { fill } from "./fill.ts";
import { readSnippets } from "./snippets.ts";
import { uses } from "./use.ts";

const manifest = { "package.json": '{ "name": "shop" }' };

describe.each([
  ["typescript", "ts"],
  ["javascript", "js"],
] as const)("%s snippets have no findings", (language, extension) => {
  const bodies = new Map(readSnippets(language).map(({ prefix, body }) => [prefix, body]));
  const filled = (prefix: string, last: string): readonly string[] => fill(bodies.get(prefix)!, last);

  test("every pool and transaction is put to use", () => {
    const named = uses.flatMap(({ pool, transactions }) => [pool, ...transactions.map(({ prefix }) => prefix)]);
    const wanted = [...bodies.keys()].filter((prefix) => /-(pool|pool-session|transaction|query-runner)$/.test(prefix));
    expect([...new Set(named)].sort()).toEqual(wanted.sort());
  });

  describe.each(uses.map((use) => [use.pool, use] as const))(
    "%s",
    (_, { pool, exports, transactions, imports = "" }) => {
      test.each(filled(pool, "").map((text, index) => [index, text] as const))(
        "the pool, choice %d",
        async (_, text) => {
          const { model, found } = await analyze({ [`src/db.${extension}`]: text });
          expect(found).toEqual([]);
          // A pool that is not seen has no findings either. Prisma's generated client may be anywhere: its adapter is seen.
          expect(model.pools.length).toBeGreaterThan(0);
          expect(model.pools.map(({ applicationName }) => applicationName.given)).not.toContain("no");
        },
      );

      test.each(transactions.map(({ prefix, statement }) => [prefix, statement] as const))(
        "%s",
        async (prefix, statement) => {
          const [text] = filled(prefix, statement);
          const body = text!.includes("export async function") ? text : `export async function run() {\n${text}\n}`;
          const { model, found } = await analyze({
            [`src/db.${extension}`]: filled(pool, "")[0]!,
            [`src/use.${extension}`]: `${imports}\nimport { ${exports} } from "./db.${extension}";\n\n${body}\n`,
          });
          expect(found).toEqual([]);
          expect(model.transactions).toHaveLength(1);
        },
      );
    },
  );
});

describe("pgbouncer.ini snippets have no findings", () => {
  const [pool] = readSnippets("typescript").filter(({ prefix }) => prefix === "bs-pg-pool");
  const service = { "src/db.ts": fill(pool!.body, "")[0]! };

  test.each(readSnippets("pgbouncer").map(({ prefix, body }) => [prefix, fill(body, "")[0]!] as const))(
    "%s",
    async (prefix, text) => {
      const whole = prefix.endsWith("-database")
        ? `[databases]\n${text}\n[pgbouncer]\npool_mode = transaction\nidle_transaction_timeout = 60\n`
        : text;
      const { model, found } = await analyze({ ...service, "pgbouncer.ini": whole });
      expect(model.bouncers.map(({ path }) => path)).toEqual(["/app/pgbouncer.ini"]);
      // Hints are about migrations and the pool's own times, which no snippet knows.
      expect(found.filter((line) => line.includes("pgbouncer.ini ") && !line.startsWith("hint "))).toEqual([]);
    },
  );

  test("a finding would be seen", async () => {
    const { found } = await analyze({ ...service, "pgbouncer.ini": "[pgbouncer]\npool_mode = transactional\n" });
    expect(found.join("\n")).toContain("ini-bad-value");
  });
});

test("a finding would be seen", async () => {
  const [body] = readSnippets("typescript").filter(({ prefix }) => prefix === "bs-pg-pool");
  const text = fill(body!.body, "")[0]!
    .replace(/.*application_name.*\n/, "")
    .replace(/pool\.on\("error".*\n/, "");
  const { found } = await analyze({ "src/db.ts": text });
  expect(found.join("\n")).toContain("require-application-name");
});

async function analyze(files: Files) {
  const { findings, crashes, model } = await createAnalyzer().analyze(snapshotOf({ ...manifest, ...files }));
  expect(crashes).toEqual([]);
  return {
    model,
    found: findings.map(({ rule, path, message, severity }) => `${severity} ${path} ${rule}: ${message}`),
  };
}
