import { afterEach, describe, expect, it, vi } from "vitest";
import { type Analysis, createAnalyzer } from "../../../server/src/analyze.ts";
import type { FunctionFacts } from "../../../server/src/core/facts.ts";
import { Propagation } from "../../../server/src/flow/propagate.ts";
import { renumbered } from "../../numbering.ts";
import { type Files, root, snapshotOf } from "../../snapshot.ts";

const pool = `import { Pool } from "pg";\nexport const pool = new Pool();\n`;
const orders = (index: number): string => `
export async function order${index}(id) {
  const client = await pool.connect();
  await client.query("BEGIN");
  const rows = await client.query("SELECT 1");
  return rows.map((row) => row.id + id);
}
`;
const script: Files = {
  "pool.ts": pool,
  "orders.ts": `import { pool } from "./pool.ts";\n${[0, 1, 2].map(orders).join("")}`,
};
const python: Files = {
  "orders.py": `import psycopg2\n${[0, 1, 2]
    .map(
      (index) =>
        `\ndef order${index}(id):\n    connection = psycopg2.connect("postgresql://pgbouncer/app")\n    cursor = connection.cursor()\n    cursor.execute("SET ROLE a")\n    return [row for row in cursor]\n`,
    )
    .join("")}`,
};

const seen = ({ findings, facts }: Analysis): unknown => ({ findings, facts: [...facts.values()].map(renumbered) });

/** The functions that stand in a text, by their names. */
const named = ({ facts }: Analysis, path: string): Record<string, FunctionFacts> =>
  Object.fromEntries(
    (facts.get(`${root}/${path}`)?.functions ?? []).map((one) => [`${one.name ?? one.kind}`, one] as const),
  );

afterEach(() => vi.restoreAllMocks());

describe("what is declared in a file leaves the rest of it as it was", () => {
  const variables = (indent: string, end: string) =>
    Array.from({ length: 40 }, (_, index) => `${indent}added${index} = ${index}${end}\n`).join("");
  it.each([
    ["variables", script, "orders.ts", "await pool.connect();\n", variables("  const ", ";"), ["order1", "order2"]],
    ["variables of the module", script, "orders.ts", '"./pool.ts";\n', variables("const ", ";"), ["order0", "order2"]],
    [
      "a function",
      script,
      "orders.ts",
      '"./pool.ts";\n',
      "\nfunction added(a) {\n  return (b) => a + b;\n}\n",
      ["order0", "order2"],
    ],
    [
      "an exported function",
      script,
      "orders.ts",
      '"./pool.ts";\n',
      "\nexport function added(a) {\n  return a;\n}\n",
      ["order0", "order2"],
    ],
    [
      "a function in a function",
      script,
      "orders.ts",
      "await pool.connect();\n",
      "  const added = (a) => a;\n",
      ["order1", "order2"],
    ],
    ["variables of Python", python, "orders.py", 'pgbouncer/app")\n', variables("    ", ""), ["order1", "order2"]],
    [
      "a function of Python",
      python,
      "orders.py",
      "import psycopg2\n",
      "\ndef added(a):\n    return a\n",
      ["order0", "order2"],
    ],
  ] as const)("%s", async (_, files, path, after, added, rest) => {
    const kept = createAnalyzer();
    const text = files[path] as string;
    const at = text.indexOf(after) + after.length;
    const other = { ...files, [path]: text.slice(0, at) + added + text.slice(at) };
    let last = named(await kept.analyze(snapshotOf(files)), path);
    const update = vi.spyOn(Propagation.prototype, "update");
    for (const one of [other, files, other]) {
      const analysis = await kept.analyze(snapshotOf(one));
      const now = named(analysis, path);
      for (const name of rest) expect(now[name], name).toBe(last[name]);
      last = now;
      expect(update).not.toHaveBeenCalled();
      const fresh = await createAnalyzer().analyze(snapshotOf(one));
      expect(seen(analysis)).toEqual(seen(fresh));
      expect(fresh.findings.length).toBeGreaterThan(0);
    }
  });
});

describe("what nobody keeps", () => {
  it("may change without everything being linked anew", async () => {
    const calls = (last: string) =>
      `import { run } from "./run.ts";\nexport function all() {\n${Array.from({ length: 14 }, (_, index) => `  run("SET ROLE r${index}");\n`).join("")}  run("${last}");\n}\n`;
    const files = (last: string): Files => ({
      "run.ts": `${pool}export const run = (text) => pool.query(text);\n`,
      "all.ts": calls(last),
    });
    const kept = createAnalyzer();
    await kept.analyze(snapshotOf(files("SET ROLE a")));
    const run = vi.spyOn(Propagation.prototype, "run");
    for (const last of ["SET ROLE b", "SET ROLE bc"]) {
      const analysis = await kept.analyze(snapshotOf(files(last)));
      expect(run).not.toHaveBeenCalled();
      expect(seen(analysis)).toEqual(seen(await createAnalyzer().analyze(snapshotOf(files(last)))));
      run.mockClear();
    }
    // What is kept of another file is not what it tells now: that file cannot be looked at alone.
    const edited = {
      ...files("SET ROLE bc"),
      "run.ts": `${files("")["run.ts"]}export const more = (text) => run(text + 1);\n`,
    };
    const analysis = await kept.analyze(snapshotOf(edited));
    expect(seen(analysis)).toEqual(seen(await createAnalyzer().analyze(snapshotOf(edited))));
  });
});
