import { describe, expect, it } from "vitest";
import { readSql } from "../../../server/src/sql/index.ts";
import { parseStatement } from "../../../server/src/sql/load.ts";
import { table } from "./table.ts";
import { piecesOf, tell } from "./tell.ts";

describe("readSql by keywords, the parser not loaded", () => {
  it("has no parser", () => expect(parseStatement("BEGIN").kind).toBe("absent"));

  it.each(table)("%j: %s", (text, expected) => {
    expect(tell(readSql(piecesOf(text)))).toBe(expected);
  });
});
