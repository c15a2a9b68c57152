import { expect, test } from "vitest";
import { importsOf } from "../../../server/src/workspace/specifiers.ts";

test.each([
  ["import a from 'a';\nimport { b } from \"./b\";\nimport 'c'", ["a", "./b", "c"]],
  ["const a = require('a'), b = import(`b`), c = require (\n'c')", ["a", "b", "c"]],
  ["export*from'a';import'b';export { c } from 'c'", ["a", "b", "c"]],
  ["import 'from'; import from from 'import'; require('require')", ["from", "import", "require"]],
  ["reimport('a'); requires('b'); fromage 'c'; xfrom 'd'; _require('e'); export 'f'", []],
  ["a.require('a'); from from 'b'; import('a b'); from ''", ["a", "b"]],
  ["mport 'a'; quire('b'); equire('c'); rom 'd'", []],
  ["from 'from \"a'", ["a"]],
  ["from", []],
])("imports of %j", (text, specifiers) => {
  expect(importsOf(text).specifiers).toEqual(specifiers);
  const every = text.matchAll(/\b(?:from|import|require)\s*\(?\s*["'`]([^"'`\s]+)["'`]/g);
  expect([...every].map((match) => match[1])).toEqual(specifiers);
});
