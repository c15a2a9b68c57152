// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Terraform writes it so
import { describe, expect, it } from "vitest";
import { type HclBody, readHcl } from "../../../server/src/pooler/hcl.ts";
import { readToml } from "../../../server/src/pooler/toml.ts";
import { type Tree, treeAt, treeEntries } from "../../../server/src/pooler/tree.ts";
import { readYamlDocuments } from "../../../server/src/pooler/yaml.ts";

const plain = (tree: Tree | undefined): unknown => {
  if (tree === undefined) return null;
  if (tree.kind === "text") return tree.text;
  if (tree.kind === "list") return tree.items.map(plain);
  return Object.fromEntries(tree.entries.map(({ key, value }) => [key, plain(value)]));
};

const hcl = ({ attributes, blocks }: HclBody): unknown => ({
  ...Object.fromEntries(attributes.map(({ key, value }) => [key, plain(value)])),
  ...Object.fromEntries(blocks.map(({ type, labels, body }) => [[type, ...labels].join(" "), hcl(body)])),
});

describe("readToml", () => {
  it.each([
    ["a = 1\n\"b c\" = \"x\\ty\"\n'd' = 'z\\t'", { a: "1", "b c": "x\ty", d: "z\\t" }],
    ["a.b.c = true\na.d = 2.5 # comment", { a: { b: { c: "true" }, d: "2.5" } }],
    ["[a]\nx = 1\n[a.b]\ny = 2\n[c]\nz = 3", { a: { x: "1", b: { y: "2" } }, c: { z: "3" } }],
    ["[[a]]\nx = 1\n[[a]]\nx = 2\n[a.b]\ny = 3", { a: [{ x: "1" }, { x: "2", b: { y: "3" } }] }],
    ["[pools.app.users.0]\nu = 1", { pools: { app: { users: { "0": { u: "1" } } } } }],
    ['a = [1, "b", [2], # c\n  { x = 1, y.z = "w" },\n]', { a: ["1", "b", ["2"], { x: "1", y: { z: "w" } }] }],
    ['a = """\none\\\n  two "" three"""\nb = \'\'\'it\'s\'\'\'', { a: 'onetwo "" three', b: "it's" }],
    ['a = "\\u00e9\\U0001F600\\q"', { a: "é😀q" }],
    ["\uFEFFa = 1\r\n[b]\r\nc = 'x'\r\n", { a: "1", b: { c: "x" } }],
    ["d = 2024-01-01T10:00:00Z", { d: "2024-01-01T10:00:00Z" }],
    ["a = 1\na = 2", { a: "2" }],
  ])("%j", (text, expected) => expect(plain(readToml(text))).toEqual(expected));

  it.each([
    ["= 1\n[x\n[]\na\nb = \nc = 3", { b: null, c: "3" }],
    ['a = "no end\nb = 2', { b: "2" }],
    ["a = [1, 2\nb = 3", {}],
    ["a = { x = 1\nb = 3", {}],
    [`a = ${"[".repeat(5000)}`, {}],
    ["\u0000\u0001\u0002", {}],
    ["", {}],
  ])("reads what it can of %j", (text, expected) => expect(plain(readToml(text))).toMatchObject(expected));

  it("has spans of keys and values", () => {
    const text = "[a]\n  key =  'value'  # why\n";
    const [entry] = treeEntries(treeAt(readToml(text), "a"));
    expect(entry && text.slice(entry.keySpan.start, entry.keySpan.end)).toBe("key");
    expect(text.slice(entry?.value?.span.start, entry?.value?.span.end)).toBe("'value'");
  });
});

describe("readHcl", () => {
  it.each([
    ['a = "x"\nb = 3\nc = true\nd = null', { a: "x", b: "3", c: "true", d: null }],
    ['resource "t" "n" {\n  a = 1\n  b {\n    c = "d"\n  }\n}', { "resource t n": { a: "1", b: { c: "d" } } }],
    ["a = var.mode", { a: "${var.mode}" }],
    ['a = "x-${var.y}-z"', { a: "x-${var.y}-z" }],
    ['a = var.x ? "s" : "t"', { a: '${var.x ? "s" : "t"}' }],
    ["a = f(1, [2, 3])\nb = 4", { a: "${f(1, [2, 3])}", b: "4" }],
    [
      'a = [1, "b", c.d] # e\nb = { x = 1, "y z" : var.q }',
      { a: ["1", "b", "${c.d}"], b: { x: "1", "y z": "${var.q}" } },
    ],
    ["# a\n// b\n/* c\n d */\na = 1", { a: "1" }],
    ["a = <<-EOT\n  one\n  two\n  EOT\nb = 1", { a: "  one\n  two", b: "1" }],
    ["terraform {}\r\na = 1\r\n", { terraform: {}, a: "1" }],
    ["a = [for x in y : x]\nb = 1", { b: "1" }],
    [
      'dynamic "b" {\n  for_each = z\n  content {\n    c = 1\n  }\n}',
      { "dynamic b": { for_each: "${z}", content: { c: "1" } } },
    ],
  ])("%j", (text, expected) => expect(hcl(readHcl(text))).toEqual(expect.objectContaining(expected)));

  it.each([
    'resource "a" {',
    "a = ",
    "}}}}",
    "a = [",
    "a = {",
    'a = "',
    `${"a {".repeat(3000)}`,
    "\u0000",
    "a = <<EOT\nno end",
  ])("survives %j", (text) => expect(() => readHcl(text)).not.toThrow());
});

describe("readYamlDocuments", () => {
  it.each([
    ["a: 1\n---\nb: 2\n", [{ a: "1" }, { b: "2" }]],
    ["---\n---\na: 1\n", [{ a: "1" }]],
    ["a: &x 1.20\nb: *x\n", [{ a: "1.20", b: "1.20" }]],
    ["", []],
  ])("%j", (text, expected) => expect(readYamlDocuments(text).map(plain)).toEqual(expected));

  it.each([
    "a: [",
    "{{- if .Values.x }}\na: 1\n{{- end }}",
    "a: *b",
    "%YAML 9\n---\na",
    "\t- x",
    "a: !!binary x",
    "? [a]\n: b",
  ])("survives %j", (text) => expect(() => readYamlDocuments(text).map(plain)).not.toThrow());

  it("leaves alone what is generated, and what unfolds without end", () => {
    expect(readYamlDocuments(`a: ${"x".repeat(1_100_000)}`)).toEqual([]);
    const bomb = [
      "a: &a [x, x]",
      ...[..."bcdefghijklmnop"].map((name, index) => {
        const before = "abcdefghijklmnop"[index];
        return `${name}: &${name} [*${before}, *${before}, *${before}, *${before}]`;
      }),
    ].join("\n");
    expect(JSON.stringify(readYamlDocuments(bomb).map(plain)).length).toBeLessThan(2_000_000);
  });
});
