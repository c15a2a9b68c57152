import { beforeAll, describe, expect, it } from "vitest";
import { loadSqlParser, readSql } from "../../../server/src/sql/index.ts";
import { holeSign, piecesOf } from "./tell.ts";

beforeAll(() => loadSqlParser());

/** The text under each command's span, in the pieces joined without holes. */
const under = (text: string): readonly string[] => {
  const joined = text.replaceAll(holeSign, "");
  return readSql(piecesOf(text)).map(({ span }) => joined.slice(span.start, span.end));
};

describe("spans", () => {
  it.each([
    ["  BEGIN ; -- x\n COMMIT;", ["BEGIN", "COMMIT"]],
    ["/* é😀 */ SELECT set_config('a.b', 'ß😀', true)", ["SELECT set_config('a.b', 'ß😀', true)", "set_config"]],
    [
      "SELECT 'é😀', pg_catalog.set_config('a.b', 'c', true), currval('s')",
      ["SELECT 'é😀', pg_catalog.set_config('a.b', 'c', true), currval('s')", "pg_catalog.set_config", "currval"],
    ],
    [
      "SELECT ◦, '◦', set_config(◦, '◦', true), lastval()",
      ["SELECT , '', set_config(, '', true), lastval()", "set_config", "lastval"],
    ],
    [
      "INSERT INTO ◦ (a) VALUES (◦); SELECT pg_advisory_lock(◦)",
      ["INSERT INTO  (a) VALUES ()", "SELECT pg_advisory_lock()", "pg_advisory_lock"],
    ],
    ["◦; SET a.b = '◦';", ["", "SET a.b = ''"]],
    ["SELECT ?, set_config('a.b', ?, true)", ["SELECT ?, set_config('a.b', ?, true)", "set_config"]],
    ["SELECT 1;", ["SELECT 1"]],
    ["UPDATE t SET a = ◦ WHERE b = ◦ ;\n", ["UPDATE t SET a =  WHERE b = "]],
  ])("%s", (text, expected) => expect(under(text)).toEqual(expected));
});

describe("readSql never throws and keeps its spans inside", () => {
  /** A small generator with a seed: the same texts on every run. */
  const random = (() => {
    let state = 20240607;
    return (below: number): number => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return state % below;
    };
  })();
  const scraps = [
    "BEGIN",
    "SET ",
    "LOCAL ",
    "SELECT ",
    "set_config(",
    "'",
    '"',
    "$$",
    "$a$",
    "(",
    ")",
    ";",
    ",",
    "--",
    "/*",
    "*/",
    "\n",
    "é",
    "😀",
    "\uE000",
    "\uFEFF",
    "\\",
    "E'",
    ":x",
    "?",
    "$1",
    "%s",
    "ATOMIC",
    "END",
    "a.b",
    "=",
    "CREATE FUNCTION f() ",
    "WITH x AS (",
    "1",
    "\u0000",
  ];

  it("on 3000 heaps of scraps", () => {
    for (let round = 0; round < 3000; round += 1) {
      const pieces = Array.from({ length: 1 + random(4) }, () =>
        random(4) === 0 ? undefined : Array.from({ length: random(12) }, () => scraps[random(scraps.length)]).join(""),
      );
      const length = pieces.reduce((sum, piece) => sum + (piece?.length ?? 0), 0);
      for (const { span } of readSql(pieces)) {
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeGreaterThanOrEqual(span.start);
        expect(span.end).toBeLessThanOrEqual(length);
      }
    }
  });

  it("on every half-typed statement", () => {
    const text = "BEGIN; SET LOCAL app.tenant = 'x'; SELECT set_config('a', $1, true) FROM t; COMMIT";
    for (let end = 0; end <= text.length; end += 1) expect(() => readSql([text.slice(0, end)])).not.toThrow();
  });

  it("on nesting that exhausts the parser, which still works afterwards", () => {
    const deep = `SELECT set_config('a', ${"(".repeat(30_000)}1${")".repeat(30_000)}, true)`;
    expect(readSql([deep]).map(({ does }) => does)).toContain("set_config");
    expect(readSql(["BEGIN"]).map(({ does }) => does)).toEqual(["begin"]);
  });

  it("on a text of a megabyte", () => {
    const rows = Array.from({ length: 40_000 }, (_, index) => `(${index}, 'row; ${index}')`).join(",\n");
    expect(readSql([`BEGIN; INSERT INTO t VALUES ${rows}; COMMIT`]).map(({ does }) => does)).toEqual([
      "begin",
      "other",
      "commit",
    ]);
  });
});
