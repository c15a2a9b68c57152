import { expect, test } from "vitest";
import type { DirectiveFact, FileFacts } from "../../../server/src/core/facts.ts";
import type { Finding } from "../../../server/src/core/rule.ts";
import { suppress } from "../../../server/src/suppressions.ts";

const path = "/w/a.ts";

const finding = (rule: string, start: number, end = start + 5): Finding => ({
  rule,
  path,
  span: { start, end },
  severity: "error",
  message: rule,
  related: [],
  fixes: [],
});

const directive = (
  covers: readonly [number, number],
  rules: readonly string[] = [],
  kind: DirectiveFact["kind"] = "disable-next-line",
): DirectiveFact => ({
  kind,
  rules,
  span: { start: covers[0] - 10, end: covers[0] - 1 },
  covers: { start: covers[0], end: covers[1] },
});

const facts = (...directives: DirectiveFact[]): ReadonlyMap<string, FileFacts> =>
  new Map([
    [
      path,
      {
        path,
        language: "typescript",
        imports: [],
        exports: [],
        variables: [],
        functions: [],
        classes: [],
        types: [],
        statements: [],
        directives,
      },
    ],
  ]);

const told = (findings: readonly Finding[]) => findings.map(({ rule, span, message }) => [rule, span.start, message]);

test("a comment hides what starts on the lines that it covers, and nothing else", () => {
  const findings = [finding("a", 20, 200), finding("b", 25), finding("a", 41), finding("a", 19)];
  expect(told(suppress(findings, facts(directive([20, 40], ["a"]))))).toEqual([
    ["b", 25, "b"],
    ["a", 41, "a"],
    ["a", 19, "a"],
  ]);
  expect(told(suppress(findings, facts(directive([20, 40]))))).toEqual([
    ["a", 41, "a"],
    ["a", 19, "a"],
  ]);
});

test("another file's comments hide nothing", () => {
  const other = { ...finding("a", 25), path: "/w/b.ts" };
  expect(suppress([other], facts(directive([20, 40]))).map(({ rule }) => rule)).toEqual(["unused-suppression", "a"]);
});

test("a comment for the file hides everything of its rules", () => {
  expect(suppress([finding("a", 1), finding("a", 900)], facts(directive([20, 40], ["a"], "disable-file")))).toEqual([]);
});

test("a comment that hides nothing is a finding, with its removal", () => {
  const [unused, ...others] = suppress([finding("b", 25)], facts(directive([20, 40], ["a"])));
  expect(unused).toMatchObject({
    rule: "unused-suppression",
    severity: "warning",
    span: { start: 10, end: 19 },
    message: "Nothing on the next line is a finding of `a`.",
    fixes: [{ safety: "safe", edits: [{ path, span: { start: 10, end: 19 }, newText: "" }] }],
  });
  expect(told(others)).toEqual([["b", 25, "b"]]);
});

test("of several rules, the idle ones are named and the comment stays", () => {
  const [unused, ...others] = suppress([finding("a", 25)], facts(directive([20, 40], ["a", "b", "c"])));
  expect(unused).toMatchObject({ message: "Nothing on the next line is a finding of `b`, `c`.", fixes: [] });
  expect(others).toEqual([]);
});

test("a mistyped rule is told with the one that was meant, and the comment stays", () => {
  const names = ["no-listen", "no-session-set"];
  const mistyped = facts(directive([20, 40], ["no-lisetn"]), directive([50, 60], ["nobody"]));
  expect(suppress([], mistyped, "warning", names)).toMatchObject([
    { message: "Nothing on the next line is a finding of `no-lisetn`; did you mean `no-listen`?", fixes: [] },
    { message: "Nothing on the next line is a finding of `nobody`.", fixes: [{ safety: "safe" }] },
  ]);
  expect(suppress([], facts(directive([20, 40], ["no-listen"])), "warning", names)).toMatchObject([
    { message: "Nothing on the next line is a finding of `no-listen`." },
  ]);
});

test("two comments may hide one finding; both are used", () => {
  expect(
    suppress([finding("a", 25)], facts(directive([20, 40], ["a"]), directive([0, 900], ["a"], "disable-file"))),
  ).toEqual([]);
});

test("the severity of unused comments is a setting", () => {
  expect(suppress([], facts(directive([20, 40])), "off")).toEqual([]);
  expect(suppress([], facts(directive([20, 40])), "hint")).toMatchObject([
    { severity: "hint", message: "Nothing on the next line is a finding of any rule." },
  ]);
});
