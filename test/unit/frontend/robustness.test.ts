import { describe, expect, test } from "vitest";
import { printFacts } from "../../../server/src/core/print-facts.ts";
import { lowerFile } from "../../../server/src/frontends/typescript/lower.ts";
import { check } from "./invariants.ts";
import { samples } from "./samples.ts";

const lower = (path: string, text: string) => {
  const facts = lowerFile(path, text);
  expect(check(facts, text)).toEqual([]);
  return facts;
};

/** The same numbers every time. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

describe.each(Object.entries(samples))("%s", (path, text) => {
  test("holds", () => {
    expect(lower(path, text).functions.length).toBeGreaterThan(3);
  });
  test("every text that somebody typed so far has facts", () => {
    for (let end = 0; end < text.length; end++) {
      if (end % 7 === 0) lower(path, text.slice(0, end));
      else lowerFile(path, text.slice(0, end));
    }
  });
  test("a piece cut out or put in", () => {
    const random = numbers(7);
    const pick = (limit: number) => Math.floor(random.next().value! * limit);
    for (let round = 0; round < 300; round++) {
      const [from, length, at] = [pick(text.length), pick(40), pick(text.length)];
      lower(path, text.slice(0, from) + text.slice(from + length));
      lower(path, text.slice(0, at) + text.slice(from, from + length) + text.slice(at));
    }
  });
  test("other line ends and a byte order mark change nothing but positions", () => {
    const facts = printFacts(lowerFile(path, text));
    expect(printFacts(lower(path, text.replaceAll("\n", "\r\n")))).toBe(facts);
    expect(printFacts(lower(path, `\uFEFF${text}`))).toBe(facts);
  });
});

test("any kind of file", () => {
  for (const extension of ["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs", "d.ts", "unknown"])
    lower(`/a.${extension}`, samples["/legacy.js"]!);
});

test("bytes that are no program", () => {
  const random = numbers(11);
  for (let round = 0; round < 60; round++) {
    const text = Array.from({ length: 400 }, () =>
      String.fromCharCode(Math.floor(random.next().value! * (round % 2 ? 128 : 0x10000))),
    ).join("");
    lower("/a.ts", text);
    lower("/a.js", text);
  }
});

describe("nested beyond reason", () => {
  const many = 20_000;
  test.each([
    ["a sum", `x = ${"a + ".repeat(many)}b;`],
    ["a concatenation", `x = ${"'a' + b + ".repeat(many)}'c';`],
    ["conditions", `if (${"a && ".repeat(many)}b) c();`],
    ["alternatives", `x = ${"a ?? ".repeat(many)}b;`],
    ["a product", `x = ${"a * ".repeat(many)}b;`],
    ["assignments", `${"a = ".repeat(3_000)}b;`],
    ["else if", `${"if (a) b(); else ".repeat(3_000)}c();`],
    ["parentheses", `x = ${"(".repeat(3_000)}a${")".repeat(3_000)};`],
    ["brackets", `x = ${"[".repeat(3_000)}`],
    ["a chain of calls", `a${".b()".repeat(5_000)};`],
    ["functions", `${"() => ".repeat(2_000)}a;`],
    ["functions in calls", `${"f(function () { ".repeat(1_500)}a;`],
    ["blocks", `${"{ ".repeat(5_000)}a();${" }".repeat(5_000)}`],
    ["conditional expressions", `x = ${"a ? b : ".repeat(3_000)}c;`],
    ["not", `if (${"!".repeat(3_000)}a) b();`],
    ["types", `let x: ${"A<".repeat(3_000)}B${">".repeat(3_000)};`],
    [
      "qualified names",
      `let x: a${".b".repeat(many)}; import c = a${".b".repeat(many)}; @a${".b".repeat(many)} class D extends a${".b".repeat(many)} {}`,
    ],
    ["objects", `x = ${"{ a: ".repeat(3_000)}1${" }".repeat(3_000)};`],
    ["templates", `x = ${"`${".repeat(2_000)}a${"}`".repeat(2_000)};`],
    ["patterns", `const ${"{ a: ".repeat(2_000)}b${" }".repeat(2_000)} = c;`],
    ["loops", `${"for (;;) ".repeat(3_000)}a();`],
    ["labels", `${"a: ".repeat(3_000)}b();`],
    ["elements", `x = ${"<a>".repeat(1_500)}${"</a>".repeat(1_500)};`],
  ])("%s", (_, text) => {
    expect(lowerFile("/a.tsx", text).functions.length).toBeGreaterThan(0);
    expect(lowerFile("/a.js", text).functions.length).toBeGreaterThan(0);
  });
  test("`finally` in `finally` does not explode", () => {
    const text = `function f() { ${"try { if (a) return 1; b(); } finally { ".repeat(12)} c(); ${"}".repeat(12)} }`;
    expect(lower("/a.ts", text).functions[1]!.blocks.length).toBeLessThan(5_000);
  });
  test("`try` in `try` with many ways out does not explode", () => {
    const text = `function f() { ${"try { if (a) return 1; ".repeat(30)} c(); ${"} finally { d(); }".repeat(30)} }`;
    expect(lower("/a.ts", text).functions[1]!.blocks.length).toBeLessThan(20_000);
  });
});

test("a generated bundle of two megabytes", () => {
  const part =
    'function e(t,n){var r=n(12);t.exports=function(e){try{return r(e)||(e&&e.a?e.b:[].concat(e,"x"+e))}finally{e=null}},t.exports.d=!0}';
  const bundle = `!function(){${part.repeat(Math.ceil(2_000_000 / part.length))}}();`;
  expect(lowerFile("/dist/bundle.js", bundle).functions.length).toBeGreaterThan(10_000);
});
