import { describe, expect, test } from "vitest";
import { carryOver } from "../../../server/src/core/carry-over.ts";
import { lowerFile, lowerSource } from "../../../server/src/frontends/typescript/lower.ts";
import { Parser, parse } from "../../../server/src/frontends/typescript/parse.ts";
import { samples } from "./samples.ts";

describe.each(Object.entries(samples))("%s", (path, text) => {
  const edits = [
    (before: string, at: number) => before.slice(0, at) + before.slice(at + 1),
    (before: string, at: number) => `${before.slice(0, at)}x${before.slice(at)}`,
    (before: string, at: number) => `${before.slice(0, at)}/*${before.slice(at)}`,
    (before: string, at: number) => `${before.slice(0, at)}\`${before.slice(at)}`,
    (before: string, at: number) => `${before.slice(0, at)}{${before.slice(at)}`,
  ];
  test("facts after an edit are those of the whole text", () => {
    const parser = new Parser();
    parser.parse(path, text);
    parser.parse(path, text);
    for (let at = 0; at < text.length; at += 23) {
      const edited = edits[(at / 23) % edits.length]!(text, at);
      expect(lowerSource(path, parser.parse(path, edited))).toEqual(lowerSource(path, parse(path, edited)));
      // And back again.
      expect(lowerSource(path, parser.parse(path, text))).toEqual(lowerSource(path, parse(path, text)));
    }
  });
  test("facts that were given out do not change", () => {
    const first = lowerFile(path, text);
    const copy = structuredClone(first);
    lowerFile(path, `${text.slice(0, 200)}const more = 1;${text.slice(200)}`);
    expect(first).toEqual(copy);
    expect(lowerFile(path, text)).toEqual(copy);
  });
});

test("what was one piece of text and is two now is not carried over as one", () => {
  for (const [text, edited] of [
    ["f(a);\n", "f((a));\n"],
    ["const x = [a];\n", "const x = [(a)];\n"],
    ["() => a;\n", "() => (a);\n"],
  ] as const) {
    const expected = structuredClone(lowerFile("/a.ts", edited));
    expect(carryOver(lowerFile("/a.ts", text), lowerFile("/a.ts", edited))).toEqual(expected);
  }
});
