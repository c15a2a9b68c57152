import { beforeAll, describe, expect, it } from "vitest";
import { loadSqlParser, readSql } from "../../../server/src/sql/index.ts";
import { parseStatement } from "../../../server/src/sql/load.ts";
import { table } from "./table.ts";
import { piecesOf, tell } from "./tell.ts";

beforeAll(() => loadSqlParser());

describe("readSql with PostgreSQL's parser", () => {
  it("has loaded the parser", () => expect(parseStatement("BEGIN").kind).toBe("tree"));

  it.each(table)("%j: %s", (text, expected) => {
    expect(tell(readSql(piecesOf(text)))).toBe(expected);
  });
});
