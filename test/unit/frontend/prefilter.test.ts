import { describe, expect, test } from "vitest";
import { importSpecifiers, mentionsDriver } from "../../../server/src/frontends/typescript/prefilter.ts";

const mentions = (text: string, modules?: readonly string[]) => mentionsDriver(Buffer.from(text), modules);

describe("mentionsDriver", () => {
  test("a driver's module where modules are imported", () => {
    for (const text of [
      'import { Pool } from "pg";',
      "import pg from 'pg'",
      'const { Pool } = require("pg")',
      "const pg = require( 'pg' )",
      'const pg = await import("pg");',
      'export * from "pg";',
      'import "pg/lib/client";',
      'import{Pool}from"pg";',
      "/** @param {import('pg').Pool} pool */",
      'import {\n  Pool,\n} from\n  "pg";',
      'é import x from "knex";',
    ]) {
      expect(mentions(text), text).toBe(true);
    }
  });
  test("the same word elsewhere is none", () => {
    for (const text of [
      'const dialect = "pg";',
      'import x from "pgx";',
      'import x from "./pg";',
      'import x from "@types/pg-x";',
      "// from pg",
      'import x from "p.g";',
      "",
    ]) {
      expect(mentions(text), text).toBe(false);
    }
  });
  test("modules that a list names, everything below them, and paths that end so", () => {
    const modules = ["@scope/db", "orm/*", "*/generated/client"];
    for (const specifier of [
      "@scope/db",
      "@scope/db/sub",
      "orm",
      "orm/a/b",
      "../generated/client",
      "@/generated/client/index.js",
    ]) {
      expect(mentions(`import a from "${specifier}";`, modules), specifier).toBe(true);
    }
    for (const specifier of ["@scope/dbs", "orms", "generated/clients", "pg"])
      expect(mentions(`import a from "${specifier}";`, modules), specifier).toBe(false);
  });
  test("a quote before the name does not hide it", () => {
    expect(mentions(`const a = "x"; import b from "pg"; const c = "pg";`)).toBe(true);
    expect(mentions(`a("pg"); require("pg")`)).toBe(true);
  });
});

test("importSpecifiers gives every specifier once, in order", () => {
  const text = `import a from "a"; import b, { c } from './b.js'; import "c"; export * from "d"; export { e } from "a";
    const f = require("f"), g = await import("g"); import h = require("h"); import type { i } from "i"; const j = { from: "no" }; require(k); require(\`l\`);`;
  expect(importSpecifiers(text)).toEqual(["a", "./b.js", "c", "d", "f", "g", "h", "i", "l"]);
});
