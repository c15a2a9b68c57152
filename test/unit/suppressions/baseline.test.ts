import { expect, test } from "vitest";
import { applyBaseline, parseBaseline, printBaseline } from "../../../server/src/baseline.ts";
import type { Finding } from "../../../server/src/core/rule.ts";

const finding = (
  rule: string,
  message = "`x` is wrong (pgbouncer.ini:14 pool_mode=transaction)",
  path = "/w/src/a.ts",
): Finding => ({
  rule,
  path,
  message,
  severity: "error",
  span: { start: 0, end: 1 },
  related: [],
  fixes: [],
});

const written = (...findings: Finding[]) => parseBaseline(printBaseline(findings, "/w"));

test("what is written is hidden, wherever its lines move", () => {
  const moved = {
    ...finding("a", "`x` is wrong (pgbouncer.ini:20 pool_mode=transaction)"),
    span: { start: 500, end: 501 },
  };
  expect(applyBaseline([moved], written(finding("a")), "/w")).toEqual({ findings: [], hidden: 1, unused: [] });
});

test.each([
  ["another rule", finding("b")],
  ["another message", finding("a", "`y` is wrong")],
  ["another file", finding("a", undefined, "/w/src/b.ts")],
])("%s is new", (_, other) => {
  const { findings, hidden, unused } = applyBaseline([other], written(finding("a")), "/w");
  expect(findings).toEqual([other]);
  expect(hidden).toBe(0);
  expect(unused).toMatchObject([{ rule: "a", path: "src/a.ts", count: 1 }]);
});

test("as many are hidden as were written, no more; what is left over is told", () => {
  const entries = written(finding("a"), finding("a"));
  expect(entries).toMatchObject([{ count: 2 }]);
  expect(applyBaseline([finding("a"), finding("a"), finding("a")], entries, "/w")).toMatchObject({
    findings: [{ rule: "a" }],
    hidden: 2,
    unused: [],
  });
  expect(applyBaseline([finding("a")], entries, "/w")).toMatchObject({
    findings: [],
    hidden: 1,
    unused: [{ count: 1 }],
  });
});

test("the text is the same whatever the order, and ends with a line end", () => {
  const text = printBaseline([finding("b"), finding("a")], "/w");
  expect(text).toBe(printBaseline([finding("a"), finding("b")], "/w"));
  expect(text.endsWith("}\n")).toBe(true);
});

test.each([
  "",
  "{",
  "[]",
  '{ "version": 2, "findings": [] }',
  '{ "version": 1, "findings": [{}] }',
  "null",
  '{ "version": 1, "findings": [{ "rule": "a", "path": "b", "hash": "c", "count": 0 }] }',
])("%s is none", (text) => {
  expect(() => parseBaseline(text)).toThrow(/^is no /);
});
