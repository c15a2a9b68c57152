import { describe, expect, it } from "vitest";
import {
  addArgument,
  addQueryParameter,
  applyEdits,
  insertAfter,
  insertBefore,
  insertFirst,
  insertLast,
  insertProperties,
  removeProperty,
  removeStatement,
  styleOf,
  wrapStatements,
} from "../../server/src/core/edit.ts";
import type { Edit } from "../../server/src/core/rule.ts";
import { type Span, span } from "../../server/src/core/text.ts";
import { lowerFile } from "../../server/src/frontends/typescript/lower.ts";

const path = "/app/a.ts";

/** The text without its marks `«` and `»`, and what they enclose. */
function marked(text: string): { source: { path: string; text: string }; at: Span } {
  const start = text.indexOf("«");
  return { source: { path, text: text.replace("«", "").replace("»", "") }, at: span(start, text.indexOf("»") - 1) };
}

const find = (text: string, part: string): Span => span(text.indexOf(part), text.indexOf(part) + part.length);

/** The object literal of the text, with the entries named. */
function site(text: string, ...entries: string[]) {
  const open = text.indexOf("{");
  return {
    span: span(open, text.lastIndexOf("}") + 1),
    entries: entries.map((entry) => ({ span: find(text, entry), valueSpan: find(text, entry) })),
  };
}

describe("insertProperties", () => {
  it.each([
    ["f({})", [], "f({ b: 2 })"],
    ["f({ a: 1 })", ["a: 1"], "f({ a: 1, b: 2 })"],
    ["f({ a: 1, })", ["a: 1"], "f({ a: 1, b: 2, })"],
    ["f({ a: 1 /* one */ })", ["a: 1"], "f({ a: 1, b: 2 /* one */ })"],
    ["f({\n  a: 1,\n})", ["a: 1"], "f({\n  a: 1,\n  b: 2,\n})"],
    ["f({\n  a: 1\n})", ["a: 1"], "f({\n  a: 1,\n  b: 2\n})"],
    ["f({\n  a: 1, // one\n})", ["a: 1"], "f({\n  a: 1, // one\n  b: 2,\n})"],
    ["f({\n  a: 1 // one\n})", ["a: 1"], "f({\n  a: 1, // one\n  b: 2\n})"],
    ["f({\r\n\ta: 1,\r\n})", ["a: 1"], "f({\r\n\ta: 1,\r\n\tb: 2,\r\n})"],
    ["f({\n  ...rest,\n  a,\n})", ["...rest", "a"], "f({\n  ...rest,\n  a,\n  b: 2,\n})"],
  ])("%j", (text, entries, expected) => {
    expect(applyEdits(text, insertProperties({ path, text }, site(text, ...entries), ["b: 2"]))).toBe(expected);
  });

  it("adds several", () => {
    const text = "f({\n  a: 1\n})";
    expect(applyEdits(text, insertProperties({ path, text }, site(text, "a: 1"), ["b: 2", "c: 3"]))).toBe("f({\n  a: 1,\n  b: 2,\n  c: 3\n})");
  });
});

describe("removeProperty", () => {
  it.each([
    ["f({ b: 2 })", "f({})"],
    ["f({ b: 2, a: 1 })", "f({ a: 1 })"],
    ["f({ a: 1, b: 2 })", "f({ a: 1 })"],
    ["f({\n  a: 1,\n  b: 2,\n  c: 3,\n})", "f({\n  a: 1,\n  c: 3,\n})"],
    ["f({\r\n  b: 2,\r\n  c: 3\r\n})", "f({\r\n  c: 3\r\n})"],
  ])("%j", (text, expected) => {
    expect(applyEdits(text, [removeProperty({ path, text }, site(text, "b: 2"), find(text, "b: 2"))])).toBe(expected);
  });
});

describe("addArgument", () => {
  it.each([
    ["postgres«(url)»", "postgres(url, {})"],
    ["postgres«()»", "postgres({})"],
    ["new Pool«»;", "new Pool({});"],
    ["postgres«(\n  url,\n)»", "postgres(\n  url, {}\n)"],
  ])("%j", (text, expected) => {
    const { source, at } = marked(text);
    expect(applyEdits(source.text, [addArgument(source, at, "{}")])).toBe(expected);
  });
});

describe("addQueryParameter", () => {
  it.each([
    ['«"postgres://h/db"»', '"postgres://h/db?application_name=orders%20api"'],
    ["«'postgres://h/db?ssl=true'»", "'postgres://h/db?ssl=true&application_name=orders%20api'"],
    ["«`postgres://${host}/db?`»", "`postgres://${host}/db?application_name=orders%20api`"],
    ["«process.env.URL»", undefined],
  ])("%j", (text, expected) => {
    const { source, at } = marked(text);
    const edit = addQueryParameter(source, at, "application_name", "orders api");
    expect(edit && applyEdits(source.text, [edit])).toBe(expected);
  });
});

describe("statements", () => {
  const at = (text: string, edit: (source: { path: string; text: string }, at: Span) => Edit | Edit[]): string => {
    const { source, at: mark } = marked(text);
    return applyEdits(source.text, [edit(source, mark)].flat());
  };

  it("are put before, after, first, last and taken out", () => {
    expect(at("{\n  «a();»\n}", (source, mark) => insertBefore(source, mark, "b();"))).toBe("{\n  b();\n  a();\n}");
    expect(at("{\n  «a();» // why\n}", (source, mark) => insertAfter(source, mark, "b();"))).toBe("{\n  a(); // why\n  b();\n}");
    expect(at("try «{\n  a();\n}» finally {}", (source, mark) => insertFirst(source, mark, "b();"))).toBe("try {\n  b();\n  a();\n} finally {}");
    expect(at("try {\n  a();\n} catch «{}»", (source, mark) => insertFirst(source, mark, "b();"))).toBe("try {\n  a();\n} catch {\n  b();\n}");
    expect(at("try {\n  a();\n} finally «{ c(); }»", (source, mark) => insertLast(source, mark, "b();"))).toBe("try {\n  a();\n} finally { c();\n  b();\n}");
    expect(at("{\n  a();\n  «b();»\n}", (source, mark) => removeStatement(source, mark))).toBe("{\n  a();\n}");
    expect(at("{ a(); «b();» c(); }", (source, mark) => removeStatement(source, mark))).toBe("{ a();  c(); }");
  });

  it("keep the line ends of the file", () => {
    expect(at("{\r\n  «a();»\r\n}", (source, mark) => insertAfter(source, mark, "b(\r\n  1,\n\n);"))).toBe("{\r\n  a();\r\n  b(\r\n    1,\r\n\r\n  );\r\n}");
  });

  it("are wrapped without a change of their texts", () => {
    const text = "async function f() {\n  a(`\n one\n`);\n\n  b();\n  c();\n}\n";
    const facts = lowerFile(path, text);
    const spans = ["a(`\n one\n`);", "b();", "c();"].map((part) => find(text, part));
    const edits = wrapStatements({ path, text }, facts, spans, { head: "try {", tail: "} finally {\n  d();\n}" }, [find(text, "c();")]);
    expect(applyEdits(text, edits)).toBe("async function f() {\n  try {\n    a(`\n one\n`);\n\n    b();\n  } finally {\n    d();\n  }\n}\n");
  });
});

describe("styleOf", () => {
  it.each([
    ["a();\n", { newline: "\n", unit: "  ", quote: '"', semicolon: ";" }],
    ["if (a) {\n\tb('x')\n}\n", { newline: "\n", unit: "\t", quote: "'", semicolon: "" }],
    ["/**\n * doc\n */\nif (a) {\r\n    b();\r\n}\r\n", { newline: "\r\n", unit: "    ", quote: '"', semicolon: ";" }],
  ])("%j", (text, expected) => {
    expect(styleOf(text)).toEqual(expected);
  });
});
