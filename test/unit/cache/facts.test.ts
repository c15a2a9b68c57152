import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readFacts } from "../../../server/src/cache/read-facts.ts";
import { writeFacts } from "../../../server/src/cache/write-facts.ts";
import type { FileFacts } from "../../../server/src/core/facts.ts";
import type { Span } from "../../../server/src/core/text.ts";
import { lowerFile as lowerPython } from "../../../server/src/frontends/python/lower.ts";
import { lowerFile as lowerTypeScript } from "../../../server/src/frontends/typescript/lower.ts";

const lower = (path: string, text: string): FileFacts =>
  (path.endsWith(".py") ? lowerPython : lowerTypeScript)(path, text);

const again = (path: string, text: string): FileFacts => readFacts(path, text, writeFacts(lower(path, text), text));

const rules = join(import.meta.dirname, "../../rules");
const folders = readdirSync(rules, { withFileTypes: true }).filter((entry) => entry.isDirectory());

describe("facts that were written are read as the front end finds them", () => {
  test.each(folders.map(({ name }) => [name]))("those of the fixtures of %s", (folder) => {
    for (const name of readdirSync(join(rules, folder), { recursive: true, encoding: "utf8" })) {
      if (!/\.(?:[cm]?[jt]sx?|py)$/.test(name)) continue;
      const text = readFileSync(join(rules, folder, name), "utf8");
      expect({ ...again(name, text) }, name).toStrictEqual({ ...lower(name, text) });
    }
  });

  test.each([
    ["a.ts", "export const all = [undefined, null, true, false, -0, 1e300, NaN, 'a\\u0000\"é', '', `a${1}b`, 0x10];"],
    ["a.ts", "export * from 'x'; export { a as b } from 'y'; import type { T } from 'z'; export default class {}"],
    ["a.ts", "class A { get a() { return 1 } set a(x) {} static { f() } #p = 1; @d() m<T>(this: A, ...r: T[]) {} }"],
    ["a.ts", "type F = (a?: string) => void; type O = { a: 1 | 'b' | true; b: typeof x.y; c: A & B[] };"],
    [
      "a.ts",
      "async function* f() { using a = g(); await using b = h(); yield* k(); try { t() } catch { c() } finally { d() } }",
    ],
    ["a.js", "const x = require('x'); module.exports = { a: x, ...b, get c() { return 1 }, [d]: 2 }; import('y');"],
    ["a.js", "/** @external */ function f() {} // bouncer-safe-disable-line no-listen -- why\nx[y] = z; f``; new K;"],
    ["a.py", "from a import *\n@d\nasync def f(a, *, b: int = 1, **c) -> str:\n  async with g() as x:\n    yield x\n"],
    [
      "a.py",
      "class A(B):\n  x: int = 1\n  def m(self): return lambda: {**self}\ntry:\n  f()\nexcept E as e:\n  raise\n",
    ],
    ["a.ts", ""],
    ["a.ts", "const a = ("],
  ])("%s: %s", (path, text) => {
    expect({ ...again(path, text) }).toStrictEqual({ ...lower(path, text) });
  });

  test("with one object for each span that was one", () => {
    const text =
      "import { Pool } from 'pg';\nexport const pool = new Pool({ max: 1 });\npool.query(`a ${pool}`).then((x) => x);\n";
    const shares = (facts: FileFacts): readonly number[] => {
      const numbers = new Map<Span, number>();
      const order: number[] = [];
      const look = (data: unknown): void => {
        if (typeof data !== "object" || data === null) return;
        if ("start" in data) {
          const span = data as Span;
          if (!numbers.has(span)) numbers.set(span, numbers.size);
          order.push(numbers.get(span) as number);
        } else for (const name of Object.keys(data).sort()) look((data as Record<string, unknown>)[name]);
      };
      look(facts);
      return order;
    };
    const before = shares(lower("a.ts", text));
    expect(new Set(before).size).toBeLessThan(before.length);
    expect(shares(again("a.ts", text))).toEqual(before);
  });
});

test("what a file says in quotes is not written once more", () => {
  const text = 'export const url = "postgres://app:hunter2@db/app";';
  const { bytes, texts } = writeFacts(lower("a.ts", text), text);
  expect(texts).toEqual([]);
  expect(Buffer.from(bytes).toString("latin1")).not.toMatch(/hunter2|postgres/);
});
