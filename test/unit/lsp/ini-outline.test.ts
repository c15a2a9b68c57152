import { expect, test } from "vitest";
import type { DocumentSymbol } from "vscode-languageserver";
import { iniFolds, iniSymbols } from "../../../server/src/lsp/ini-outline.ts";
import { iniOf } from "./ini-document.ts";

const text = `; for the shop
; two lines
%include base.ini

[databases]
shop = host=db password=secret
* =

; about what follows
[pgbouncer]
pool_mode = transaction
%include more.ini
half

`;

const tree = (symbols: readonly DocumentSymbol[]): unknown =>
  symbols.map(({ name, range, children }) => [
    name,
    `${range.start.line}-${range.end.line}`,
    ...(children ? [tree(children)] : []),
  ]);

test("the outline has sections with their entries, and no values", () => {
  const symbols = iniSymbols(iniOf(text));
  expect(tree(symbols)).toEqual([
    ["%include base.ini", "2-2"],
    [
      "[databases]",
      "4-6",
      [
        ["shop", "5-5"],
        ["*", "6-6"],
      ],
    ],
    [
      "[pgbouncer]",
      "9-12",
      [
        ["pool_mode", "10-10"],
        ["%include more.ini", "11-11"],
      ],
    ],
  ]);
  expect(JSON.stringify(symbols)).not.toContain("secret");
});

test("an included file has its entries at the top", () => {
  expect(tree(iniSymbols(iniOf("a = 1\n= 2\n[]\n")))).toEqual([
    ["a", "0-0"],
    ["=", "1-1"],
    ["[]", "2-2", []],
  ]);
});

test("sections fold without what leads to the next one, and so do comments of several lines", () => {
  expect(iniFolds(iniOf(text)).map(({ startLine, endLine, kind }) => [startLine, endLine, kind])).toEqual([
    [4, 6, undefined],
    [9, 12, undefined],
    [0, 1, "comment"],
  ]);
  expect(iniFolds(iniOf(text.replaceAll("\n", "\r\n"))).map(({ startLine, endLine }) => [startLine, endLine])).toEqual([
    [4, 6],
    [9, 12],
    [0, 1],
  ]);
});
