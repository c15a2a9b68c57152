import { describe, expect, test } from "vitest";
import { printOf } from "./print.ts";

const main = (text: string) => printOf(0, text);

describe("calls", () => {
  test("positional, keyword, starred arguments", () => {
    expect(main("f(a, *b, c=d, **e)")).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = global f
          %1 = global a
          %2 = global b
          %3 = global d
          %4 = global e
          %5 = call %0(%1, ...%2, c=%3, **=...%4) dropped
          return
      "
    `);
  });
  test("methods, subscripts, and types in brackets", () => {
    expect(main("a.b.c(1)\nd['k'](2)\nmaker[Session](engine)\nhandlers[name](3)")).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = global a
          %1 = %0.b
          %2 = %1.c
          %3 = 1
          %4 = call %2(%3) as %1.c dropped
          %5 = global d
          %6 = %5.k
          %7 = 2
          %8 = call %6(%7) as %5.k dropped
          %9 = global maker
          %10 = global engine
          %11 = call %9(%10) dropped
          %12 = global handlers
          %13 = global name
          %14 = %12[%13]
          %15 = 3
          %16 = call %14(%15) on %12 dropped
          return
      "
    `);
  });
  test("`dict(…)` is an object; so is a literal", () => {
    expect(main("dict(a=1, **b)\n{'a': 1, 'b': {'c': 2}, **d, e: 3}")).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = 1
          %1 = global b
          %2 = { a: %0, ...%1 }
          %3 = 1
          %4 = 2
          %5 = { c: %4 }
          %6 = global d
          %7 = global e
          %8 = 3
          %9 = { a: %3, b: %5, ...%6, [?]: %8 }
          return
      "
    `);
  });
  test("a generator as the only argument", () => {
    expect(main("sum(x.n for x in xs if x)")).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = global sum
          %1 = global xs
          goto b1
        b1:
          %2 = element any of %1
          choice b2 b4
        b2:
          x#0 = %2
          %3 = x#0
          if %3 b3 else b1
        b3:
          %4 = x#0
          %5 = %4.n
          goto b1
        b4:
          %6 = either %5
          %7 = [%6]
          %8 = call %0(%7) dropped
          return
      "
    `);
  });
  test("`getattr` and `setattr` with a name", () => {
    expect(
      main("getattr(a, 'pool')\ngetattr(a, 'pool', b)\nsetattr(a, 'pool', c)\ngetattr(a, n)"),
    ).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = global a
          %1 = %0.pool
          %2 = global a
          %3 = %2.pool
          %5 = global b
          %4 = either %3 ?? %5
          %6 = global a
          %7 = global c
          %6.pool = %7
          %8 = null
          %9 = global getattr
          %10 = global a
          %11 = global n
          %12 = call %9(%10, %11) dropped
          return
      "
    `);
  });
  test("`partial` is a function that calls", () => {
    const text = "from functools import partial\nrun = partial(query, conn, timeout=5)";
    expect(printOf(0, text) + printOf(1, text)).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = global query
          #2 = %0
          %1 = global conn
          %2 = 5
          #3 = %1
          #4 = %2
          %3 = closure f1
          run#1 = %3
          return

      f1 arrow(...#5)
        b0:
          %0 = #2
          %1 = #3
          %2 = #4
          %3 = #5
          %4 = call %0(%1, ...%3, timeout=%2) returned
          return %4
      "
    `);
  });
  test("what becomes of an awaitable", () => {
    expect(
      printOf(1, "async def f():\n    a()\n    await b()\n    c = d()\n    await gather(e(), [g()])\n    return h()"),
    ).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          %0 = global a
          %1 = call %0() dropped
          %2 = global b
          %3 = call %2() awaited
          %4 = await %3
          %5 = global d
          %6 = call %5() used
          c#1 = %6
          %7 = global gather
          %8 = global e
          %9 = call %8() used
          %10 = global g
          %11 = call %10() element
          %12 = [%11]
          %13 = call %7(%9, %12) awaited
          %14 = await %13
          %15 = global h
          %16 = call %15() returned
          return %16
      "
    `);
  });
  test("`sys.exit` ends the way", () => {
    expect(main("import sys\nif a:\n    sys.exit(1)\nb()")).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = global a
          if %0 b1 else b2
        b1:
          %1 = sys#0
          %2 = %1.exit
          %3 = 1
          %4 = call %2(%3) as %1.exit dropped
          stop
        b2:
          %5 = global b
          %6 = call %5() dropped
          return
      "
    `);
  });
});
