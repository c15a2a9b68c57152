import { describe, expect, test } from "vitest";
import { fromUri, Lines, toUri } from "../../../server/src/lsp/convert.ts";

describe("Lines", () => {
  const text = "one\r\ntwo 🐘\rthree\n\nfive";

  test.each([
    [0, 0, 0],
    [3, 0, 3],
    [5, 1, 0],
    [11, 1, 6],
    [12, 2, 0],
    [17, 2, 5],
    [18, 3, 0],
    [19, 4, 0],
    [23, 4, 4],
  ])("offset %d is line %d, column %d, and back", (offset, line, character) => {
    const lines = new Lines(text);
    expect(lines.toPosition(offset)).toEqual({ line, character });
    expect(lines.fromPosition({ line, character })).toBe(offset);
  });

  test("every offset that is not between \\r and \\n comes back", () => {
    const lines = new Lines(text);
    for (let offset = 0; offset <= text.length; offset++) {
      if (text.slice(offset - 1, offset + 1) === "\r\n") continue;
      expect(lines.fromPosition(lines.toPosition(offset))).toBe(offset);
    }
  });

  test("what lies outside means the nearest end", () => {
    const lines = new Lines(text);
    expect(lines.fromPosition({ line: 0, character: 99 })).toBe(3);
    expect(lines.fromPosition({ line: 2, character: 99 })).toBe(17);
    expect(lines.fromPosition({ line: 99, character: 0 })).toBe(text.length);
    expect(lines.fromPosition({ line: -1, character: 5 })).toBe(0);
    expect(lines.toPosition(999)).toEqual({ line: 4, character: 4 });
    expect(lines.toPosition(-1)).toEqual({ line: 0, character: 0 });
  });

  test("lines are without their ends", () => {
    const lines = new Lines(text);
    expect(lines.lineAt(6)).toEqual({ start: 5, end: 11 });
    expect(lines.lineAt(18)).toEqual({ start: 18, end: 18 });
    expect(lines.lineAt(23)).toEqual({ start: 19, end: 23 });
  });

  test("of a span over many lines the first one is left", () => {
    const lines = new Lines(text);
    expect(lines.firstLine({ start: 1, end: 20 })).toEqual({ start: 1, end: 3 });
    expect(lines.firstLine({ start: 6, end: 9 })).toEqual({ start: 6, end: 9 });
    expect(lines.firstLine({ start: 18, end: 20 })).toEqual({ start: 18, end: 18 });
  });

  test("an empty text has one line", () => {
    expect(new Lines("").toRange({ start: 0, end: 0 })).toEqual({
      start: { line: 0, character: 0 },
      end: { line: 0, character: 0 },
    });
  });
});

describe("URIs", () => {
  test.each(["/a/b.ts", "/a b/ü#%25?[x]/データ.ts", "/"])("%s comes back", (path) => {
    expect(fromUri(toUri(path))).toBe(path);
  });

  test.each(["untitled:a", "git:/a.ts", "file://host/a.ts", "file:///a%2Fb", "not a uri"])("%s is no file", (uri) => {
    expect(fromUri(uri)).toBeUndefined();
  });
});
