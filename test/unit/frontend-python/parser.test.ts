import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { mend } from "../../../server/src/frontends/python/mend.ts";
import { parseRegular } from "../../../server/src/frontends/python/parser.ts";
import { parseWithGrammar } from "../../../server/src/frontends/python/tree.ts";
import { sample } from "./sample.ts";

/** What the grammar has its own ideas of, and what is rare. */
const constructs = `
a = b, *c = not d or e == f < g not in h is not i
a: int = b ** -c ** d if e else lambda: f
a @= -await b + c * await d.e[f, 1:2:, ::g](*h, i=j, **k)[...]
x = lambda a, *b, c=1, **d: (yield), lambda *, e: e
x = (), (a,), (a, *b), [*a, b], {**a, "b": c}, {a, *b}, {}, (a := b), [a := b]
x = (a for b, in c if d for e in f), {a: b for c in d}, {a for b in c}, [a async for b in c], f(a for b in c)
x = f"a {b!r:>{c}} {{d}} {e=} {f:%H:%M} \\N{DASH} {g != h}" rb"a\\"" '''b''' u'c' Rf'{a['b']}\\{'
x = 0x_ff + 1_0.5e-3j + .5 + 0b1 + 0o7 << 2 >> 3 // ~a % b @ c <> d ^ e & f | g
if a: b; c
elif d := e: pass; 
else: raise f from g
async def f[T: int, *A, **P](a, /, b: int = 1, *args: int, c, **d: str) -> g: yield from h
class A[T](B, metaclass=C): type: str; x = yield
@a.b.c(d)
@e
class A: pass
for a, *b in c, d: continue
else: break
while True:
\t  # indented elsewhere
  with a as b, c(d) as e: return *a, b
  try:
        del a[b], c
  except* (A, B) as e: assert a, b
  except A, B: global a, b
  finally: nonlocal c
type X[T] = list[T]
from . import a
from ...a.b import (c as d, e,)
import a.b as c, d
from .a import *
x = a \\
  + b
x += yield a
print(a); match = 1; match.a; type = 2; type(x); type[x]
async with a as b: pass
async for a in b: pass
`;

const matched = `
match a.b:
  case 1 | "a" | None if b: pass
  case A(b, c=D.e, f=(1 | 2)) as g, [h, *i]: pass
  case D.e, : pass
match.a = match
`;

/** Texts that are half of something else. */
function* broken(text: string): Generator<string> {
  const pieces = [
    "(",
    ")",
    "]",
    ":",
    "=",
    '"',
    "'''",
    "\n",
    "\n  ",
    " ",
    "not ",
    "*",
    ".",
    "f'{",
    "\\\n",
    "match x",
    "#",
  ];
  for (let at = 0; at < text.length; at += 11) {
    const piece = pieces[at % pieces.length]!;
    yield text.slice(0, at) + piece + text.slice(at);
    yield text.slice(0, at) + piece + text.slice(at + 3);
    yield text.slice(at, at + 200);
  }
}

const examples = (): readonly string[] => {
  const folder = fileURLToPath(new URL("../../rules", import.meta.url));
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".py"));
  return names.map((name) => readFileSync(`${folder}/${name}`, "utf8"));
};

test("a text without faults has the nodes of the grammar", () => {
  for (const line of constructs.split(/\n(?=\S)(?!el|ex|fin)(?<!^@.*\n)/m))
    expect(parseRegular(`${line}\n`), line).toBeDefined();
  expect(parseRegular(matched)).toBeDefined();
  for (const text of [constructs, matched, ...examples()]) {
    for (const one of [text, text.replaceAll("\n", "\r\n"), text.trimEnd()]) {
      const regular = parseRegular(mend(one));
      if (regular) expect(regular).toEqual(parseWithGrammar(mend(one)));
    }
  }
});

test("what is broken is read like the grammar reads it, or not at all", () => {
  for (const text of [...broken(constructs), ...broken(matched), ...broken(sample)]) {
    const regular = parseRegular(text);
    if (regular) expect(regular).toEqual(parseWithGrammar(text));
  }
});
